"""A question for the agenda: bringing it in, placing it, merging it, answering it."""

from django import forms
from django.db.models import Q

from bijeenkomsten.forms.regelveld import Regelveld
from bijeenkomsten.models import Bijeenkomst, Vraag
from bijeenkomsten.models.vraag import KORTST, LANGST
from bijeenkomsten.vraagstappen import Stap
from collectief.gebruikers.models import Gebruiker, Rol
from initiatieven.models import Initiatief
from trajecten.validators import geen_bsn

BESLOTEN = "een besloten bijeenkomst"


class VraagForm(forms.ModelForm):
    """Bring a question in, or change it. Who works at one initiative is not asked for which."""

    class Meta:
        model = Vraag
        fields = ["initiatief", "vraag", "context", "hulp", "bijeenkomst", "is_vertrouwelijk"]
        field_classes = {"vraag": Regelveld}
        help_texts = {
            "vraag": "Zo dat iemand die jullie niet kent hem begrijpt.",
            "context": "Wat is er aan de hand, en wat hebben jullie al geprobeerd? Noem geen namen van jongeren.",
            "bijeenkomst": "Leeg laten mag. Dan komt hij op de eerste bijeenkomst waar tijd is.",
            "is_vertrouwelijk": "Alleen jullie zelf, het kernteam en leden die voor de bijeenkomst zijn uitgenodigd "
            "lezen hem dan. In mail en op openbare bladzijden komt hij nooit.",
        }
        error_messages = {
            "initiatief": {"required": "Kies voor welk initiatief je dit vraagt."},
            "vraag": {
                "required": "Schrijf je vraag op.",
                "max_length": "Maak je vraag korter: hooguit %(limit_value)d tekens. De rest past hieronder.",
            },
            "hulp": {"required": "Kies wat je hoopt te krijgen."},
            "bijeenkomst": {"invalid_choice": "Kies een bijeenkomst die nog komt, of laat het leeg."},
        }
        widgets = {"context": forms.Textarea(attrs={"rows": 6}), "hulp": forms.RadioSelect}

    def __init__(self, *args, gebruiker: Gebruiker, **kwargs):
        super().__init__(*args, **kwargs)
        van_mij = Initiatief.objects.filter(pk__in=gebruiker.initiatieven_als(*Rol.BIJ_INITIATIEF)).order_by(
            "naam", "pk"
        )
        if self.instance.pk or len(van_mij) == 1:
            del self.fields["initiatief"]
        else:
            self.fields["initiatief"].queryset = van_mij
        if not self.instance.pk and len(van_mij) == 1:
            self.instance.initiatief = van_mij[0]
        if self.instance.minuten is None:
            bekend = set(Bijeenkomst.objects.te_kiezen_door(gebruiker).komend().values_list("pk", flat=True))
            te_kiezen = Q(pk__in=bekend) | Q(pk=self.instance.bijeenkomst_id)  # where it is now may be news to her
            self.fields["bijeenkomst"].queryset = Bijeenkomst.objects.komend().filter(te_kiezen)
            self.fields["bijeenkomst"].empty_label = "de eerste waar tijd is"
            self.fields["bijeenkomst"].label_from_instance = lambda b: (
                f"{b.naam}, {b.wanneer}" if b.pk in bekend else BESLOTEN
            )
        else:
            del self.fields["bijeenkomst"]


class PlaatsForm(forms.Form):
    """Give one question minutes on the programme."""

    minuten = forms.IntegerField(
        label="Minuten",
        min_value=KORTST,
        max_value=LANGST,
        initial=20,
        error_messages={
            "required": "Vul in hoeveel minuten deze vraag krijgt.",
            "invalid": "Vul een heel aantal minuten in.",
            "min_value": "Geef een vraag minstens %(limit_value)d minuten.",
            "max_value": "Geef een vraag hooguit %(limit_value)d minuten.",
        },
        widget=forms.NumberInput(attrs={"min": KORTST, "max": LANGST, "step": 5}),
    )


class VraagstapForm(forms.Form):
    """A step that needs nothing but its name."""

    MOGELIJK = (Stap.HAAL_AF, Stap.BESPREEK, Stap.NOG_NIET, Stap.SCHUIF_DOOR)
    stap = forms.ChoiceField(
        choices=[(stap.value, stap.label) for stap in MOGELIJK],
        error_messages={"required": "Kies wat er met de vraag gebeurt.", "invalid_choice": "Die stap kennen we niet."},
    )

    def clean_stap(self) -> Stap:
        return Stap(self.cleaned_data["stap"])


class VraagantwoordForm(forms.Form):
    """Write the answer down."""

    antwoord = forms.CharField(
        label="Wat kwam eruit?",
        max_length=4000,
        validators=[geen_bsn],
        help_text="Kort en zo dat wie er niet was het ook begrijpt. Wie de vraag mag lezen, leest ook het antwoord.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Schrijf het antwoord op.",
            "max_length": "Maak het antwoord korter: hooguit %(limit_value)d tekens.",
        },
    )


class SamenvoegForm(forms.Form):
    """Choose the question that this one goes on with."""

    in_vraag = forms.ModelChoiceField(
        queryset=Vraag.objects.none(),
        label="Bij welke vraag hoort hij?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies een vraag om bij te voegen.",
            "invalid_choice": "Kies een vraag om bij te voegen.",
        },
    )

    def __init__(self, *args, gebruiker: Gebruiker, vraag: Vraag, **kwargs):
        super().__init__(*args, **kwargs)
        lopend = Vraag.objects.zichtbaar_voor(gebruiker).lopend().filter(is_vertrouwelijk=vraag.is_vertrouwelijk)
        self.fields["in_vraag"].queryset = lopend.exclude(pk=vraag.pk).select_related("initiatief").order_by("-pk")
        self.fields["in_vraag"].label_from_instance = lambda ander: f"{ander.vraag} ({ander.van_wie})"


class VragenlijstForm(forms.Form):
    """What the address of the list asks for."""

    toon = forms.ChoiceField(choices=[("lopend", "lopend"), ("beantwoord", "beantwoord"), ("van_ons", "van ons")])
