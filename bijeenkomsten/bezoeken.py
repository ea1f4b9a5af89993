"""Who visits whom: what is offered, and who never saw each other's place."""

from collections.abc import Collection
from dataclasses import dataclass

from bijeenkomsten.models import Bijeenkomst, Uitnodiging
from bijeenkomsten.soorten import Soort
from initiatieven.models import Initiatief

MEESTE_VOORSTELLEN = 6


@dataclass(frozen=True)
class Bezoeken:
    """Which initiatives went to see which: pairs of visitor and host, by key."""

    paren: frozenset[tuple[int, int]]

    @classmethod
    def tot_nu(cls) -> "Bezoeken":
        rijen = Uitnodiging.objects.bezoeken().exclude(initiatief=None)
        return cls(frozenset(rijen.values_list("initiatief", "bijeenkomst__gastheer")))

    def was_bij(self, wij: Collection[int], gastheer: int) -> bool:
        """Whether somebody of ours was there."""
        return any((ons, gastheer) in self.paren for ons in wij)

    def kent(self, wij: Collection[int], ander: int) -> bool:
        """Whether one of us saw the place of the other."""
        return self.was_bij(wij, ander) or any((ander, ons) in self.paren for ons in wij)


def aanbod(wij: Collection[int]) -> list[Bijeenkomst]:
    """The visits that still come: first where we never were, then by day; each with `was_er_al` and `is_van_ons`."""
    bezoeken = Bezoeken.tot_nu()
    komend = Bijeenkomst.objects.aangekondigd().komend().filter(soort=Soort.OP_BEZOEK, gastheer__isnull=False)
    lijst = list(komend.select_related("gastheer").met_plekken())
    for bezoek in lijst:
        bezoek.was_er_al = bezoeken.was_bij(wij, bezoek.gastheer_id)
        bezoek.is_van_ons = bezoek.gastheer_id in wij
    return sorted(lijst, key=lambda bezoek: (bezoek.is_van_ons, bezoek.was_er_al, bezoek.begint_op))


def nooit_ontmoet(wij: Collection[int]) -> list[Initiatief]:
    """Members whose place we never saw and who never saw ours, those in our own provinces first."""
    bezoeken = Bezoeken.tot_nu()
    leden = Initiatief.objects.openbaar().op_naam().prefetch_related("locaties")
    alle = list(leden)
    hier = {plek.provincie for lid in alle if lid.pk in wij for plek in lid.locaties.all()} - {""}
    anderen = [lid for lid in alle if lid.pk not in wij and not bezoeken.kent(wij, lid.pk)]
    anderen.sort(key=lambda lid: not any(plek.provincie in hier for plek in lid.locaties.all()))
    return anderen[:MEESTE_VOORSTELLEN]
