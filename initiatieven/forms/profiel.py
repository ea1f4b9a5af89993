"""What the staff of an initiative keep: its profile, its room and its places."""

from django import forms
from django.utils import timezone

from collectief.datumveld import Datumveld
from collectief.gebruikers.forms import GEEN_ADRES
from collectief.geo.models import Postcode
from collectief.geo.rd import LAT_BEREIK, LON_BEREIK, naar_rd
from initiatieven.forms.velden import (
    AANTAL,
    GEEN_GETAL,
    LEEFTIJD,
    VEEL_JONGEREN,
    WEBADRES,
    GradenField,
    PostcodeField,
    VraagTerugMixin,
    controleer_leeftijden,
    vinkje,
)
from initiatieven.models import Initiatief, Locatie, Plekken
from initiatieven.models.initiatief import GROOTSTE_GROEP, OUDSTE
from initiatieven.models.plekken import MEESTE
from initiatieven.validators import is_telefoon

VER_WEG = 25_000  # metres between a point and its postcode: probably a mistake


def ligt_ver_van(postcode: Postcode, lat: float, lon: float) -> str:
    """Ask back about a point (in degrees) that is far from its postcode; an empty string when it is not."""
    meter = naar_rd(lat, lon).afstand(naar_rd(postcode.lat, postcode.lon))
    return f"Dit punt ligt ver van postcode {postcode.pc4}. Kijk beide even na." if meter > VER_WEG else ""


def _meerkeuze(label: str, keuzes, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=keuzes.choices,
        required=False,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )


class ProfielForm(VraagTerugMixin, forms.ModelForm):
    """The public page of an initiative, as its own staff write it."""

    doelgroepen = _meerkeuze("Voor wie is deze plek?", Initiatief.Doelgroep, "Voor een jongere die…")
    begeleiding = _meerkeuze("Hoe begeleiden jullie?", Initiatief.Begeleiding)
    bekostiging = _meerkeuze("Hoe kan het betaald worden?", Initiatief.Bekostiging)
    toegankelijk = _meerkeuze("Wat is goed om te weten?", Initiatief.Toegankelijkheid)
    groepsgrootte = forms.IntegerField(
        label="Hoeveel jongeren heeft de grootste groep?",
        required=False,
        min_value=1,
        max_value=GROOTSTE_GROEP,
        error_messages={**AANTAL, "min_value": "Vul 1 of meer in."},
    )
    leeftijd_van = forms.IntegerField(
        label="Jongste leeftijd", required=False, min_value=0, max_value=OUDSTE, error_messages=LEEFTIJD
    )
    leeftijd_tot = forms.IntegerField(
        label="Oudste leeftijd", required=False, min_value=0, max_value=OUDSTE, error_messages=LEEFTIJD
    )
    aantal_jongeren = forms.IntegerField(
        label="Hoeveel jongeren zijn er nu?", required=False, min_value=0, max_value=32767, error_messages=AANTAL
    )
    aantal_klopt = vinkje("Ja, dit aantal klopt")
    telefoon = forms.CharField(
        label="Telefoonnummer",
        required=False,
        max_length=20,
        validators=[is_telefoon],
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    class Meta:
        model = Initiatief
        fields = [
            "naam",
            "soort",
            "domein",
            "omschrijving",
            "werkwijze",
            "leeftijd_van",
            "leeftijd_tot",
            "doelgroepen",
            "past_wel",
            "past_niet",
            "aanbod_hoofd",
            "aanbod_hart",
            "aanbod_handen",
            "begeleiding",
            "groepsgrootte",
            "wie_er_zijn",
            "aantal_jongeren",
            "opgericht_op",
            "bekostiging",
            "bekostiging_uitleg",
            "kennismaken",
            "email",
            "telefoon",
            "website",
            "openingstijden",
            "reizen",
            "toegankelijk",
        ]
        labels = {
            "naam": "Naam",
            "soort": "Wat voor plek is het?",
            "domein": "Waar horen jullie bij?",
            "omschrijving": "Wie zijn jullie?",
            "werkwijze": "Hoe ziet een dag eruit?",
            "past_wel": "Wie voelt zich hier thuis?",
            "past_niet": "Wat past hier niet?",
            "wie_er_zijn": "Wie zijn er op een dag?",
            "kennismaken": "Hoe maak je kennis?",
            "reizen": "Hoe kom je er?",
            "openingstijden": "Wanneer zijn jullie open?",
            "aanbod_hoofd": "Voor het hoofd",
            "aanbod_hart": "Voor het hart",
            "aanbod_handen": "Voor de handen",
            "opgericht_op": "Sinds wanneer bestaan jullie?",
            "bekostiging_uitleg": "Wat moet een ouder daarvan weten?",
            "email": "E-mailadres",
            "website": "Website",
        }
        help_texts = {
            "omschrijving": "Een paar zinnen waaraan ouders jullie herkennen.",
            "werkwijze": "Schrijf het voor een ouder die moe is: hoe laat, met wie, wat doen we, wat hoeft niet.",
            "past_niet": "Eerlijk zijn helpt: dan hoeft niemand voor niets te komen.",
            "wie_er_zijn": "Bijvoorbeeld twee begeleiders, een vrijwilliger die kookt, en een hond.",
            "kennismaken": "Wat gebeurt er als een ouder belt? Hoe lang duurt het, en wie mag er mee?",
            "reizen": "Bijvoorbeeld bus 54, parkeren voor de deur, of leerlingenvervoer.",
            "openingstijden": "Bijvoorbeeld maandag tot en met donderdag van 9.30 tot 15.00 uur.",
            "aanbod_hoofd": "Bijvoorbeeld rekenen met recepten, programmeren, lezen.",
            "aanbod_hart": "Bijvoorbeeld muziek, dieren, samen eten.",
            "aanbod_handen": "Bijvoorbeeld hout, moestuin, fietsen repareren.",
            "bekostiging_uitleg": "Bijvoorbeeld: we helpen je bij de aanvraag.",
        }
        error_messages = {
            "naam": {"required": "Vul de naam van jullie initiatief in."},
            "website": {"invalid": WEBADRES},
            "email": {"invalid": GEEN_ADRES},
            "opgericht_op": {"invalid": "Vul een datum in, bijvoorbeeld 1-9-2019."},
        }
        widgets = {
            "omschrijving": forms.Textarea(attrs={"rows": 5}),
            "werkwijze": forms.Textarea(attrs={"rows": 8}),
            **{veld: forms.Textarea(attrs={"rows": 4}) for veld in ("past_wel", "past_niet", "wie_er_zijn")},
            **{veld: forms.Textarea(attrs={"rows": 4}) for veld in ("kennismaken", "reizen")},
            "opgericht_op": Datumveld,
        }

    def clean(self) -> dict:
        data = super().clean()
        controleer_leeftijden(self)
        if (data.get("aantal_jongeren") or 0) > VEEL_JONGEREN:
            self.vraag_terug(
                "aantal_jongeren", "aantal_klopt", f"Er zijn nu {data['aantal_jongeren']} jongeren. Klopt dat?"
            )
        return data


class PlekkenForm(forms.ModelForm):
    """Room for one age group. Changing it, or confirming it, makes today its date."""

    leeftijd_van = forms.IntegerField(label="Van", min_value=0, max_value=OUDSTE, error_messages=LEEFTIJD)
    leeftijd_tot = forms.IntegerField(label="Tot en met", min_value=0, max_value=OUDSTE, error_messages=LEEFTIJD)
    toestand = forms.ChoiceField(
        label="Is er plek?",
        choices=[("", "Kies…"), *Plekken.Toestand.choices],
        error_messages={"required": "Kies of er plek is."},
    )
    wachtweken = forms.IntegerField(
        label="Wachttijd in weken",
        required=False,
        min_value=1,
        max_value=200,
        error_messages={
            "invalid": GEEN_GETAL,
            "min_value": "Vul 1 of meer weken in.",
            "max_value": "Vul hoogstens 200 weken in.",
        },
    )
    klopt_nog = forms.BooleanField(label="Dit klopt vandaag nog", required=False)

    class Meta:
        model = Plekken
        fields = ["leeftijd_van", "leeftijd_tot", "toestand", "wachtweken"]

    def clean(self) -> dict:
        data = super().clean()
        controleer_leeftijden(self)
        if data.get("wachtweken") and data.get("toestand") not in (None, Plekken.Toestand.WACHTLIJST):
            self.add_error("wachtweken", "Een wachttijd hoort bij een wachtlijst. Haal hem weg, of kies “wachtlijst”.")
        if self.has_changed():
            self.instance.per_datum = timezone.localdate()
        return data


class LocatieForm(forms.ModelForm):
    """A place: its postcode gives the point, unless the staff know it more exactly."""

    pc4 = PostcodeField(label="Postcode", required=False)
    lat = GradenField(label="Breedtegraad", required=False, min_value=LAT_BEREIK[0], max_value=LAT_BEREIK[1])
    lon = GradenField(label="Lengtegraad", required=False, min_value=LON_BEREIK[0], max_value=LON_BEREIK[1])

    class Meta:
        model = Locatie
        fields = ["naam", "is_online", "is_landelijk", "pc4", "nauwkeurigheid", "adres", "lat", "lon"]
        labels = {
            "naam": "Naam van deze plek",
            "is_online": "Dit is online, er is geen vaste plek",
            "is_landelijk": "Jongeren uit heel Nederland kunnen hier terecht",
            "nauwkeurigheid": "Wat mag iedereen zien?",
            "adres": "Straat en huisnummer",
        }
        help_texts = {
            "is_landelijk": "Kies dit alleen als ook iemand van ver kan komen, bijvoorbeeld omdat er een bed is.",
            "nauwkeurigheid": "Bij iemand thuis bewaren we geen straat en alleen een punt in de buurt.",
            "lat": "Weet je het punt precies? Anders nemen we het midden van de postcode.",
        }
        widgets = {"nauwkeurigheid": forms.RadioSelect}

    def clean(self) -> dict:
        data = super().clean()
        if data.get("is_online"):
            return self._clean_online(data)
        if not data.get("pc4"):
            if not self.has_error("pc4"):
                self.add_error("pc4", "Vul een postcode in, of kies dat deze plek online is.")
            return data
        if (data.get("lat") is None) != (data.get("lon") is None) and not self.errors:
            self.add_error("lat", "Vul twee getallen in, of geen.")
        if not self.errors:
            self._zet_punt(data, Postcode.objects.get(pc4=data["pc4"]))
        return data

    def _clean_online(self, data: dict) -> dict:
        if any(data.get(veld) for veld in ("pc4", "adres")):
            self.add_error("is_online", "Een online plek heeft geen adres. Haal het adres weg, of dit vinkje.")
        self.instance.plaats = self.instance.provincie = ""
        return {**data, "lat": None, "lon": None}

    def _zet_punt(self, data: dict, postcode: Postcode) -> None:
        """Work out the point that is stored: typed anew, kept, or that of the postcode; rounded for a home."""
        getypt = data["lat"] is not None and {"lat", "lon"} & set(self.changed_data)
        blijft = data["lat"] is not None and "pc4" not in self.changed_data
        lat, lon = (data["lat"], data["lon"]) if getypt or blijft else (postcode.lat, postcode.lon)
        if vraag := ligt_ver_van(postcode, lat, lon):
            self.add_error("lat", vraag)
            return
        plek = Locatie(nauwkeurigheid=data["nauwkeurigheid"], adres=data["adres"])
        plek.zet_punt(lat, lon)
        data.update(lat=plek.lat, lon=plek.lon, adres=plek.adres)
        self.instance.plaats, self.instance.provincie = postcode.plaats, postcode.provincie


class MetVoorstellen(forms.BaseInlineFormSet):
    """Places as their staff last wrote them: what waits for an admin stands in the form, not what the public sees."""

    def get_queryset(self):
        rijen = super().get_queryset()
        voorstellen = {voorstel.locatie_id: voorstel.nieuw for voorstel in self.instance.wijzigingen.wachtend()}
        for locatie in rijen:
            for veld, waarde in (voorstellen.get(locatie.pk) or {}).items():
                setattr(locatie, veld, waarde)
        return rijen


PlekkenFormSet = forms.inlineformset_factory(
    Initiatief, Plekken, form=PlekkenForm, extra=1, max_num=MEESTE, absolute_max=MEESTE, can_delete=True
)
LocatieFormSet = forms.inlineformset_factory(
    Initiatief,
    Locatie,
    form=LocatieForm,
    formset=MetVoorstellen,
    extra=1,
    max_num=MEESTE,
    absolute_max=MEESTE,
    can_delete=True,
)
