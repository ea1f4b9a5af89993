"""What an admin fills in: judgements, steps, the decision."""

from django import forms
from django.core.exceptions import ValidationError

from collectief.datumveld import Datumveld
from initiatieven.lidmaatschap import Oordeel, Stap
from initiatieven.models import Aanmelding, Initiatief, Toets


class ToetsForm(forms.ModelForm):
    """The judgement of one check. Leaving it as it was judges nothing."""

    oordeel = forms.ChoiceField(
        label="Oordeel",
        choices=Oordeel.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies een oordeel.",
            "invalid_choice": "Kies een oordeel. Misschien was een collega je net voor.",
        },
    )
    waarom = forms.CharField(
        label="Waarom?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Houd het korter dan 2000 tekens."},
    )

    class Meta:
        model = Toets
        fields = ["oordeel", "waarom"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:  # three of these stand on one page: each says which check it is about
            toets = self.instance.get_soort_display()
            self.fields["oordeel"].label, self.fields["waarom"].label = f"Oordeel: {toets}", f"Waarom: {toets}"
        if self.instance.oordeel != Oordeel.OPEN:  # a judgement may change, but does not become open again
            self.fields["oordeel"].choices = [keuze for keuze in Oordeel.choices if keuze[0] != Oordeel.OPEN]

    def clean(self) -> dict:
        data = super().clean()
        oordeel, waarom = data.get("oordeel"), data.get("waarom")
        if self.instance.pk is None:
            raise ValidationError("Deze toets hoort bij een andere aanmelding. Open deze bladzijde opnieuw.")
        if oordeel == Oordeel.OPEN and waarom:
            self.add_error("oordeel", "Kies ook of deze toets voldoet.")
        elif oordeel and oordeel != Oordeel.OPEN and not waarom:
            self.add_error("waarom", "Schrijf op waarom. Een jaar later wil iemand het kunnen begrijpen.")
        return data

    def _post_clean(self) -> None:
        """Leave the row alone: `Toets.beoordeel` changes it, with name and date."""


class BasisToetsFormSet(forms.BaseModelFormSet):
    def nieuwe_oordelen(self) -> list[tuple[Toets, Oordeel, str]]:
        """Return the checks that were judged, each with its judgement and the reason. Call when valid."""
        return [
            (form.instance, Oordeel(form.cleaned_data["oordeel"]), form.cleaned_data["waarom"])
            for form in self
            if form.has_changed()
        ]


ToetsFormSet = forms.modelformset_factory(
    Toets, form=ToetsForm, formset=BasisToetsFormSet, extra=0, max_num=3, absolute_max=3, edit_only=True
)


class StapForm(forms.Form):
    """A step that is no judgement and no decision, with a note for the history."""

    STAPPEN = (Stap.KENNISMAKEN, Stap.HERVATTEN, Stap.INTREKKEN)

    stap = forms.ChoiceField(choices=[(stap.value, stap.label) for stap in STAPPEN])
    toelichting = forms.CharField(label="Notitie", required=False, max_length=2000)


class BesluitForm(forms.Form):
    """The decision with its reason; what stands in its way is told by the rules of membership."""

    KEUZES = [
        (Stap.LID_MAKEN, "Lid: dit initiatief hoort bij het collectief"),
        (Stap.AANHOUDEN, "Aanhouden: nu nog niet, we pakken het later weer op"),
        (Stap.AFWIJZEN, "Afwijzen: dit past niet bij het collectief"),
    ]

    stap = forms.ChoiceField(
        label="Wat besluit je?",
        choices=KEUZES,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een besluit.", "invalid_choice": "Kies een van de drie."},
    )
    tot = forms.DateField(
        label="Aanhouden tot",
        required=False,
        help_text="Alleen bij aanhouden.",
        widget=Datumveld,
        error_messages={"invalid": "Vul een datum in, bijvoorbeeld 1-9-2027."},
    )
    initiatief = forms.ModelChoiceField(
        label="Heeft dit initiatief al een bladzijde?",
        required=False,
        queryset=Initiatief.objects.none(),
        empty_label="Nee, maak een nieuwe bladzijde",
        help_text="Alleen bij lid worden. We zoeken op de naam.",
        error_messages={"invalid_choice": "Kies een initiatief uit de lijst."},
    )
    waarom = forms.CharField(
        label="Waarom?",
        max_length=2000,
        help_text="Dit leest de aanmelder letterlijk in de mail. Schrijf het zoals je het zou zeggen.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Schrijf op waarom je dit besluit. De aanmelder leest het in de mail."},
    )

    def __init__(self, *args, aanmelding: Aanmelding, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["initiatief"].queryset = (
            Initiatief.objects.filter(verwijderd_op=None).zoek(aanmelding.naam).op_naam()
        )
        if not self.fields["initiatief"].queryset.exists():
            del self.fields["initiatief"]
