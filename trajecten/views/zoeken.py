"""Search in the moments of the trajectories that somebody may see."""

import re
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchHeadline, SearchQueryField
from django.db.models import FETCH_RAISE, F, Func, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trajecten.forms.zoeken import ZoekForm
from trajecten.models import Moment, Traject
from trajecten.models.moment import zoek
from trajecten.views.laden import alleen_medewerkers

PER_BLADZIJDE = 20
TAAL = "public.nederlands"
# Around a word that was found. Signs that nobody types; where they stand in a text all the same, they are left out.
VAN, TOT = "\ue000", "\ue001"
GEVONDEN = re.compile(f"{VAN}(.*?){TOT}", re.DOTALL)


@require_GET
@alleen_medewerkers
def zoeken(request: HttpRequest) -> HttpResponse:
    """The newest moments with these words. Each trajectory of which something is shown, is in the read log."""
    form = ZoekForm(request.GET)
    form.full_clean()
    vraag, na = form.cleaned_data.get("q", ""), form.cleaned_data.get("na")
    zichtbaar = Moment.objects.filter(traject__in=Traject.objects.zichtbaar_voor(request.user))
    grens = zichtbaar.filter(pk=na).values_list("datum", "pk").first() if na else None
    sleutels = zoek(vraag, na=grens, aantal=PER_BLADZIJDE + 1) if vraag else []
    momenten = list(_met_fragment(zichtbaar.filter(pk__in=sleutels[:PER_BLADZIJDE]), vraag)) if sleutels else []
    for moment in momenten:
        moment.stukjes = _stukjes(moment.fragment)
    Traject.noteer_inzagen({moment.traject for moment in momenten}, request.user, "zoeken")
    context = {"form": form, "gezocht": vraag, "na": grens, "momenten": momenten, "volgende": ""}
    if len(sleutels) > PER_BLADZIJDE:
        context["volgende"] = "?" + urlencode({"q": vraag, "na": sleutels[PER_BLADZIJDE - 1]})
    return render(request, "trajecten/zoeken.html", context)


def _met_fragment(momenten: QuerySet[Moment], vraag: str) -> QuerySet[Moment]:
    """With a few words around what was found, in the moment or in a supplement."""
    aanvullingen = Func(F("aanvullingsteksten"), Value("\n"), function="array_to_string", output_field=TextField())
    tekst = Concat("tekst", Value("\n"), aanvullingen, output_field=TextField())
    schoon = Func(tekst, Value(VAN + TOT), Value(""), function="translate", output_field=TextField())
    fragment = SearchHeadline(
        schoon,
        Func(Value(vraag), function="gezochte_woorden", output_field=SearchQueryField()),
        config=TAAL,
        start_sel=VAN,
        stop_sel=TOT,
        min_words=12,
        max_words=30,
        max_fragments=2,
        fragment_delimiter=" … ",
    )
    return (
        momenten.met_aanvullingsteksten()
        .annotate(fragment=fragment)
        .select_related("traject__jongere", "door")
        .nieuwste_eerst()
        .fetch_mode(FETCH_RAISE)
    )


def _stukjes(fragment: str) -> list[tuple[str, bool]]:
    """Cut a text into pieces, each with whether it was found."""
    return [(deel, bool(nummer % 2)) for nummer, deel in enumerate(GEVONDEN.split(fragment)) if deel]
