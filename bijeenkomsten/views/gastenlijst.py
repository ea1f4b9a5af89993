"""The guests of a meeting, by name and page by page: for who comes, and at the door."""

from django.core.paginator import Paginator
from django.http import QueryDict

from bijeenkomsten.forms.bezoek import DeurForm
from bijeenkomsten.models import Bijeenkomst

PER_BLADZIJDE = 50


def gasten(bijeenkomst: Bijeenkomst, vraag: QueryDict) -> dict:
    """Who comes stands first. What was asked: `q` is a part of a name, `alles` is one page with everybody, to print."""
    deur = DeurForm(vraag)
    deur.full_clean()
    zoek = deur.cleaned_data.get("q", "")
    allen = list(bijeenkomst.uitnodigingen.op_volgorde())
    gevonden = [uitnodiging for uitnodiging in allen if zoek.casefold() in uitnodiging.wie.casefold()]
    per_bladzijde = max(len(gevonden), 1) if deur.cleaned_data["alles"] else PER_BLADZIJDE
    return {
        "deur": deur,
        "zoek": zoek,
        "aantal_binnen": sum(1 for uitnodiging in allen if uitnodiging.aanwezig_op),
        "pagina": Paginator(gevonden, per_bladzijde).get_page(vraag.get("pagina")),
    }
