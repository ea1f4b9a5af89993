"""Curves for drawings on the server: smooth lines through points, as the `d` of an SVG path."""

from itertools import pairwise

Punt = tuple[float, float]
Bocht = tuple[Punt, Punt, Punt, Punt]


def vloeiend(punten: list[Punt]) -> list[Bocht]:
    """Join points with curves that flow into each other (Catmull-Rom), level at both ends."""
    hellingen = [((c[0] - a[0]) / 2, (c[1] - a[1]) / 2) for a, c in zip(punten, punten[2:], strict=False)]
    hellingen = [(punten[1][0] - punten[0][0], 0.0), *hellingen, (punten[-1][0] - punten[-2][0], 0.0)]
    return [
        (a, (a[0] + ha[0] / 3, a[1] + ha[1] / 3), (b[0] - hb[0] / 3, b[1] - hb[1] / 3), b)
        for (a, b), (ha, hb) in zip(pairwise(punten), pairwise(hellingen), strict=True)
    ]


def pad(bochten: list[Bocht]) -> str:
    """The curves as the `d` of an SVG path, in whole units."""
    (x, y), *_ = bochten[0]
    krommen = (" ".join(f"{round(px)} {round(py)}" for px, py in bocht[1:]) for bocht in bochten)
    return f"M{round(x)} {round(y)}C{' '.join(krommen)}"
