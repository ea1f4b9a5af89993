"""What the core team writes to guests."""

from django import forms

from bijeenkomsten.forms.regelveld import Regelveld
from bijeenkomsten.models import Rondmail
from collectief.werkdagen import LAATST, VROEGST

WAT = {"onderwerp": "Vul een onderwerp in.", "tekst": "Schrijf wat je wilt vertellen."}


class RondmailForm(forms.ModelForm):
    """The fields that all kinds share."""

    class Meta:
        model = Rondmail
        fields = ["tekst"]
        widgets = {"tekst": forms.Textarea(attrs={"rows": 8})}
        error_messages = {"tekst": {"required": WAT["tekst"]}}
        help_texts = {
            "tekst": "Gewone tekst, met witregels ertussen. Wanneer, waar en de knoppen komen er vanzelf bij."
        }


class UitnodigingstekstForm(RondmailForm):
    """The words of the invitation."""


class HerinneringForm(RondmailForm):
    """A reminder: to whom, how many days before, from what hour."""

    uur = forms.TypedChoiceField(
        label="Vanaf hoe laat",
        coerce=int,
        initial=9,
        choices=[(uur, f"{uur}:00 uur") for uur in range(VROEGST, LAATST)],
        error_messages={"required": "Kies een uur.", "invalid_choice": "Kies een uur uit de lijst."},
        help_text="In het weekend en op feestdagen gaat er niets uit. Dan gaat de herinnering op de werkdag ervoor.",
    )

    class Meta(RondmailForm.Meta):
        fields = ["wie", "dagen_vooraf", "uur", "tekst"]
        widgets = RondmailForm.Meta.widgets | {"dagen_vooraf": forms.NumberInput(attrs={"min": 0, "max": 90})}
        error_messages = RondmailForm.Meta.error_messages | {
            "dagen_vooraf": {"invalid": "Vul een getal in, bijvoorbeeld 14."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dagen_vooraf"].required = True
        self.fields["dagen_vooraf"].error_messages["required"] = "Vul in hoeveel dagen vooraf."


class BerichtForm(RondmailForm):
    """A message to the group. The hidden key makes that one form sends once, however often it is posted."""

    sleutel = forms.UUIDField(widget=forms.HiddenInput)

    class Meta(RondmailForm.Meta):
        fields = ["wie", "onderwerp", "tekst"]
        field_classes = {"onderwerp": Regelveld}
        error_messages = RondmailForm.Meta.error_messages
        help_texts = {"tekst": "Iedereen krijgt een eigen mail. Niemand ziet wie hem nog meer krijgt."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["sleutel"] = self.instance.sleutel
        self.fields["onderwerp"].required = True
        self.fields["onderwerp"].error_messages["required"] = WAT["onderwerp"]

    def clean(self) -> dict:
        data = super().clean()
        self.instance.sleutel = data.get("sleutel") or self.instance.sleutel
        return data

    def validate_unique(self) -> None:
        """The key may have been used: that is this form, posted twice."""


FORMULIEREN: dict[str, type[RondmailForm]] = {
    Rondmail.Soort.UITNODIGING: UitnodigingstekstForm,
    Rondmail.Soort.HERINNERING: HerinneringForm,
    Rondmail.Soort.BERICHT: BerichtForm,
}
