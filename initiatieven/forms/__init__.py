"""Every form of the directory. A form asks back in a sentence beside the field, and keeps what was typed."""

from initiatieven.forms.aanmelden import AanmeldingForm
from initiatieven.forms.beelden import KeuzeForm, PlekfotoForm, PlekverhaalForm
from initiatieven.forms.bijhouden import AndersForm, AntwoordForm, MeldingForm, TelefoonForm
from initiatieven.forms.profiel import LocatieFormSet, PlekkenFormSet, ProfielForm
from initiatieven.forms.toetsing import BesluitForm, StapForm, ToetsFormSet
from initiatieven.forms.verbondgenoten import ContactForm, VerbondgenootForm, VerbondgenotenZoekForm
from initiatieven.forms.wijziging import BesluitWijzigingForm
from initiatieven.forms.zoeken import ZoekForm

__all__ = [
    "AanmeldingForm",
    "AndersForm",
    "AntwoordForm",
    "BesluitForm",
    "BesluitWijzigingForm",
    "ContactForm",
    "KeuzeForm",
    "LocatieFormSet",
    "MeldingForm",
    "PlekfotoForm",
    "PlekkenFormSet",
    "PlekverhaalForm",
    "ProfielForm",
    "StapForm",
    "TelefoonForm",
    "ToetsFormSet",
    "VerbondgenootForm",
    "VerbondgenotenZoekForm",
    "ZoekForm",
]
