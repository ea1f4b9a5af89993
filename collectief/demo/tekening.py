"""A drawing to take a photo of: hills with a low sun, in other colours every time."""

from io import BytesIO

from PIL import Image, ImageDraw

from collectief import bestanden
from collectief.beeld import Foto, maak_foto
from collectief.demo.toeval import Toeval
from initiatieven.models import Plekfoto
from trajecten.models import Momentfoto

MAAT = (900, 640)
LUCHTEN = ("#f6e3c5", "#dbe8ee", "#f3d9cf")
HEUVELS = (("#a9c3a1", "#7fa487", "#4f7a63"), ("#d9c59a", "#b49a6c", "#806a45"), ("#b7bfd8", "#8b95ba", "#5d6690"))


def maak_tekening(eigen: Toeval) -> Foto:
    """Return a photo of a drawing that a child could have made."""
    breed, hoog = MAAT
    beeld = Image.new("RGB", MAAT, eigen.choice(LUCHTEN))
    potlood = ImageDraw.Draw(beeld)
    midden, straal = eigen.randint(200, 700), eigen.randint(60, 110)
    potlood.ellipse((midden - straal, 140, midden + straal, 140 + 2 * straal), fill="#e8a04c")
    for nummer, kleur in enumerate(eigen.choice(HEUVELS)):
        top, links = 300 + 90 * nummer, eigen.randint(-300, 0)
        potlood.ellipse((links, top, links + breed + 500, top + hoog), fill=kleur)
    for _ in range(6):
        x, y = eigen.randint(60, breed - 60), eigen.randint(430, 560)
        potlood.line((x, y, x, y + 40), fill="#3d3326", width=6)
        potlood.ellipse((x - 22, y - 34, x + 22, y + 10), fill="#3f6b4c")
    uit = BytesIO()
    beeld.save(uit, "PNG")
    uit.seek(0)
    return maak_foto(uit)


def hang_op(rij: Momentfoto | Plekfoto, beeld: Foto) -> None:
    """Keep a photo and its row, also when the same seed was loaded here before."""
    bestanden.verwijder(rij.bestand)
    bestanden.bewaar(rij.bestand, beeld.inhoud)
    rij.save(force_insert=True)
