"""The directory of allies: finding in it, keeping it, and noting contact."""

from django import forms

from collectief.datumveld import Datumveld
from collectief.gebruikers.forms import GEEN_ADRES
from initiatieven.forms.velden import WEBADRES, zoekveld
from initiatieven.models import Verbondgenoot, Verbondgenootcontact


class VerbondgenotenZoekForm(forms.Form):
    """What may be asked of the list of allies; what makes no sense is ignored."""

    q = zoekveld("Zoek op organisatie of werkveld")
    ambassadeur = forms.BooleanField(label="Alleen ambassadeurs", required=False)


class VerbondgenootForm(forms.ModelForm):
    """What everybody reads of an ally, and below that with whom core team speaks."""

    class Meta:
        model = Verbondgenoot
        fields = [
            "organisatie",
            "werkveld",
            "is_ambassadeur",
            "wat_we_elkaar_brengen",
            "website",
            "contactpersoon",
            "contact_email",
        ]
        labels = {
            "organisatie": "Organisatie",
            "werkveld": "Werkveld",
            "is_ambassadeur": "Ambassadeur van het collectief",
            "wat_we_elkaar_brengen": "Wat brengen we elkaar?",
            "website": "Website",
            "contactpersoon": "Met wie praten we?",
            "contact_email": "E-mailadres",
        }
        help_texts = {
            "werkveld": "Bijvoorbeeld onderwijs, gemeente of zorg.",
            "wat_we_elkaar_brengen": "Wat brengen zij ons, en wat wij hen? Dit leest iedereen.",
            "contact_email": "Hierop nodig je uit voor een bijeenkomst. Alleen het kernteam ziet het.",
        }
        error_messages = {
            "organisatie": {"required": "Vul de naam van de organisatie in."},
            "werkveld": {"required": "Vul het werkveld in."},
            "website": {"invalid": WEBADRES},
            "contact_email": {"invalid": GEEN_ADRES},
        }
        widgets = {"wat_we_elkaar_brengen": forms.Textarea(attrs={"rows": 4})}


class ContactForm(forms.ModelForm):
    """One contact with an ally."""

    class Meta:
        model = Verbondgenootcontact
        fields = ["dag", "hoe", "tekst"]
        labels = {"dag": "Wanneer?", "hoe": "Hoe?", "tekst": "Waar ging het over?"}
        error_messages = {
            "dag": {"required": "Kies een dag.", "invalid": "Vul een datum in, bijvoorbeeld 1-9-2026."},
            "hoe": {"required": "Kies hoe jullie elkaar spraken."},
        }
        widgets = {"dag": Datumveld, "tekst": forms.Textarea(attrs={"rows": 3})}
