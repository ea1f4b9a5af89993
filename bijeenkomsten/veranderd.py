"""What changed about a meeting, in one sentence for those who come."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bijeenkomsten.models import Bijeenkomst


def zin(eerder: Bijeenkomst, nu: Bijeenkomst) -> str:
    """Return one Dutch sentence about time, place and link; empty when none of them changed."""
    delen = []
    if (eerder.begint_op, eerder.eindigt_op) != (nu.begint_op, nu.eindigt_op):
        delen.append(f"de tijd is nu {nu.wanneer} in plaats van {eerder.wanneer}")
    if eerder.plaats != nu.plaats:
        delen.append(_plaats(eerder.plaats, nu.plaats))
    if eerder.link != nu.link:
        delen.append("de link is veranderd" if eerder.link and nu.link else _link_erbij(nu.link))
    if not delen:
        return ""
    *eerst, laatst = delen
    return f"Dit is veranderd: {', '.join(eerst)}{' en ' if eerst else ''}{laatst}."


def _plaats(was: str, nu: str) -> str:
    if not nu:
        return f"de plaats volgt nog, het wordt niet {was}"
    return f"de plaats is nu {nu} in plaats van {was}" if was else f"de plaats is bekend, het wordt {nu}"


def _link_erbij(nu: str) -> str:
    return "je kunt nu ook online meedoen" if nu else "online meedoen kan niet meer"
