"""What the style page shows: an example form with messages, and an example table."""

from django import forms

from collectief.datumveld import Datumveld


class VoorbeeldForm(forms.Form):
    """Every kind of field once. Never saved."""

    roepnaam = forms.CharField(
        label="Roepnaam",
        help_text="Zoals de jongere zelf genoemd wil worden.",
        error_messages={"required": "Vul een roepnaam in."},
    )
    datum = forms.DateField(
        label="Wanneer was het?",
        widget=Datumveld,
        error_messages={"invalid": "Kies een datum tot en met vandaag.", "required": "Kies een datum."},
    )
    soort = forms.ChoiceField(
        label="Wat wil je bewaren?",
        choices=[("feit", "Een feit"), ("indruk", "Een indruk"), ("lichtje", "Een lichtje in de ogen")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat je wilt bewaren."},
    )
    initiatief = forms.ChoiceField(
        label="Initiatief",
        choices=[("", "Kies er een"), ("1", "De Wilgenhoek"), ("2", "Atelier Noord")],
        required=False,
    )
    tekst = forms.CharField(label="In gewone woorden", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    gedeeld = forms.BooleanField(
        label="De jongere mag dit meelezen", help_text="Je kunt dit later veranderen.", required=False
    )


class KortForm(forms.Form):
    """One question, as most pages have."""

    roepnaam = forms.CharField(label="Roepnaam")


VOORBEELDRIJEN = [
    {"naam": "De Wilgenhoek", "plaats": "Zutphen", "plekken": "plek vrij"},
    {"naam": "Ontwikkelingsgerichte Werkplaats Noord", "plaats": "'s-Hertogenbosch", "plekken": "eerst kennismaken"},
]
FASEN = ("landing", "onderzoekend", "orientatie", "waakvlam")
ICONEN = (
    *("zoeken", "kaart", "plek", "ster", "lichtje", "pad", "zaailing", "kalender", "klok", "mensen", "brief", "pijl"),
    *("plus", "potlood", "vinkje", "kruis", "let-op", "info", "slot", "print", "filter", "telefoon", "huis", "deur"),
    "vlam",
)
