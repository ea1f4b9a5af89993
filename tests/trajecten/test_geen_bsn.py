"""What every form of trajecten refuses and in whose words, found by walking all forms and not by a list."""

import importlib
import inspect
import pkgutil

import pytest
from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

import trajecten.forms
from trajecten.forms import contact, lijst, moment, nazorg, perspectief, reis, stap
from trajecten.models import Contactmoment, FaseVerblijf, KleineStap, NazorgAfspraak, Overdracht, Preventieplan
from trajecten.models.toestemming import Toestemmingstand
from trajecten.overdrachten import Kant

BSN = "Het nummer is 111222333."  # passes the elfproef; the ministry's own test number
ALLEEN_GETALLEN = {("AfspraakForm", "weken")}  # numbers up to two hundred, and nothing else
VAN_DJANGO = ("Selecteer een geldige keuze", "Dit veld is verplicht", "Zorg ervoor dat deze waarde")
# What these do not understand is left out, or said by the page that sent it: nobody reads their errors.
ZWIJGT = {
    *(lijst.JaarForm, lijst.KringForm, lijst.LijstForm),
    *(moment.KeuzesForm, perspectief.ToestandForm, reis.TerugblikForm, contact.VormForm, stap.TerugneemForm),
}
VULT_ZELF_IN = {nazorg.AfspraakForm: {"vanaf"}, nazorg.DataForm: {"traject"}}  # what a form tells its parent itself


def alle_formulieren() -> list[type[forms.BaseForm]]:
    map_ = pkgutil.iter_modules(trajecten.forms.__path__)
    modules = [importlib.import_module(f"trajecten.forms.{module.name}") for module in map_]
    klassen = {klas for module in modules for _, klas in inspect.getmembers(module, inspect.isclass)}
    eigen = [k for k in klassen if issubclass(k, forms.BaseForm) and k.__module__.startswith("trajecten.forms.")]
    return sorted(eigen, key=lambda klas: klas.__qualname__)


@pytest.fixture
def bekend(traject, begeleider, initiatief, kijkt_als) -> dict:
    """What forms ask for, by the name of the parameter."""
    kijkt_als(begeleider)
    return {
        "traject": traject,
        "verblijf": FaseVerblijf(fase="landing", volgnummer=1, van=timezone.localdate()),
        "vanaf": timezone.localdate(),
        "begonnen_op": timezone.localdate(),
        "door": begeleider,
        "wie": begeleider,
        "contact": Contactmoment(traject=traject),
        "afspraak": NazorgAfspraak.objects.create(traject=traject, vormen=["gezin"], door=begeleider),
        "mag_begeleiding": True,
        "nu": {},
        "plan": Preventieplan(versie=1, bellen=[]),
        "model": KleineStap,
        "stand": Toestemmingstand(traject),
        "overdracht": Overdracht(van=initiatief, naar=initiatief),
        "kanten": {Kant.ONTVANGER},
        "gevonden": [],
        "aanbod": [],
        "gekozen": [],
        "initial": {},
        "jaren": [2026],
        "mensen": None,
    }


@pytest.fixture
def maak(bekend):
    """Make a form of any class, with this data."""

    def een(formulier: type[forms.BaseForm], data: QueryDict | None = None) -> forms.BaseForm:
        namen = {
            naam
            for klas in formulier.__mro__
            if "__init__" in vars(klas)
            for naam, parameter in inspect.signature(klas.__init__).parameters.items()
            if parameter.kind == parameter.KEYWORD_ONLY and parameter.default is parameter.empty
        }
        return formulier(data, **{naam: bekend[naam] for naam in namen - VULT_ZELF_IN.get(formulier, set())})

    return een


def tekstvelden(form: forms.BaseForm) -> list[str]:
    return [
        naam
        for naam, veld in form.fields.items()
        if type(veld) is forms.CharField
        and not veld.widget.is_hidden
        and (type(form).__name__, naam) not in ALLEEN_GETALLEN
        and not isinstance(veld.widget, forms.SearchInput)  # what is looked for is not kept
    ]


@pytest.mark.parametrize("formulier", alle_formulieren(), ids=lambda formulier: formulier.__name__)
def test_every_text_of_every_form_refuses_a_bsn_and_keeps_what_was_typed(maak, formulier):
    for naam in tekstvelden(maak(formulier)):
        form = maak(formulier, QueryDict(urlencode({naam: BSN, "doe": "bewaren"})))

        assert any("BSN" in fout for fout in form.errors.get(naam, [])), f"{formulier.__name__}.{naam}"
        assert form[naam].value() == BSN


@pytest.mark.parametrize("formulier", alle_formulieren(), ids=lambda formulier: formulier.__name__)
def test_every_text_of_every_form_says_in_our_words_that_it_is_too_long_and_keeps_it(maak, formulier):
    for naam in tekstvelden(maak(formulier)):
        lang = "a" * 100_000
        form = maak(formulier, QueryDict(urlencode({naam: lang, "doe": "bewaren"})))

        fouten = form.errors.get(naam, [])
        assert len(fouten) == 1, f"{formulier.__name__}.{naam}: {fouten}"
        assert not fouten[0].startswith(VAN_DJANGO), f"{formulier.__name__}.{naam}"
        assert form[naam].value() == lang


@pytest.mark.parametrize("formulier", sorted(set(alle_formulieren()) - ZWIJGT, key=str), ids=lambda klas: klas.__name__)
def test_every_form_says_in_our_words_what_is_missing_or_cannot_be_chosen(maak, formulier):
    keuzes = [naam for naam, veld in maak(formulier).fields.items() if isinstance(veld, forms.ChoiceField)]
    leeg = maak(formulier, QueryDict("doe=bewaren"))
    vreemd = maak(formulier, QueryDict(urlencode(dict.fromkeys(keuzes, "stiekem") | {"doe": "bewaren"})))

    for form in (leeg, vreemd):
        zichtbaar = [(veld.name, fout) for veld in form.visible_fields() for fout in veld.errors]
        zichtbaar += [("het geheel", fout) for fout in form.non_field_errors()]
        assert [(naam, fout) for naam, fout in zichtbaar if fout.startswith(VAN_DJANGO)] == []


def test_the_walk_finds_the_forms():
    namen = {formulier.__name__ for formulier in alle_formulieren()}

    assert {"NieuwTrajectForm", "MomentForm", "FaseForm", "VerhaalForm", "RustForm", "ContactForm"} <= namen
