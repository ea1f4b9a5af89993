"""A small place for young people, and which of them the public may find."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import URLValidator
from django.db import connections, models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list, slugify

from collectief.beurt import wacht_op_beurt
from collectief.gebruikers.models import Gebruiker, Rol
from initiatieven.permissions import eigen_initiatieven
from initiatieven.validators import niet_in_de_toekomst

if TYPE_CHECKING:
    from initiatieven.models.plekken import Plekken

# Words in our own addresses below /initiatieven/.
GERESERVEERDE_SLUGS = [
    *("aanmelden", "aanmelding", "bellen", "beheer", "bevestigen", "bewerken", "data", "export", "foto", "hercheck"),
    *("import", "jaarcheck", "melding", "meldingen", "nieuw", "open-data", "overzicht", "prullenbak", "rondes"),
    *("toetsing", "verbondgenoten", "verhalen", "versheid", "wijzigingen", "zoeken"),
]
BESTE_EERST = ["plek_vrij", "eerst_kennismaken", "wachtlijst", "vol", "onbekend"]  # for whoever looks for a place
GROOTSTE_GROEP = 500  # more is a typing error
OUDSTE = 30  # years; nobody here guides people older than that


class Zoekvorm(models.Func):
    """Lower case without accents, as people type: `Atelier Één` becomes `atelier een`."""

    function = "zoekvorm"
    arity = 1
    output_field = models.TextField()


# Words, part of a name, a town; and when none has these, names that look like it. See its migration.
GEVONDEN = "SELECT gids_gevonden(%s, %s, %s, %s)"


def _gezocht(tekst: str) -> list[str]:
    """What `gids_gevonden` asks for: words, a pattern for part of a name, a town, and longer words for a likeness."""
    gezocht = tekst.strip()
    deel = re.sub(r"([%_\\])", r"\\\1", gezocht)
    patroon = f"%{deel}%" if len(gezocht) > 2 else f"{deel}%"  # fewer letters stand in nearly every name
    # "de" is nearly in every name: likeness looks at longer words only, and so at few names.
    lang = " ".join(woord for woord in gezocht.split() if len(woord) > 3)
    return [gezocht, patroon, gezocht, lang]


def leeftijd_in_woorden(van: int | None, tot: int | None) -> str:
    """The age range in words, or an empty string when it is not known."""
    if van is None:
        return ""
    return f"{van} jaar" if van == tot else f"{van} tot en met {tot} jaar"


def heeft_lezers(initiatief: str) -> Exists:
    """Whether anybody of the initiative that this names can sign in, and so reads what a family asks here."""
    return Exists(Rol.objects.van_medewerkers().filter(initiatief=OuterRef(initiatief), gebruiker__is_active=True))


class InitiatiefQuerySet(models.QuerySet):
    def openbaar(self) -> InitiatiefQuerySet:
        """Initiatives that the public may find: members, also those whose yearly check waits."""
        return self.filter(lidmaatschap__in=Initiatief.OPENBAAR)

    def vindbaar(self) -> InitiatiefQuerySet:
        """Those that search, list and map show. Who has a link still reaches the others that are public."""
        return self.openbaar().filter(is_vindbaar=True)

    def gestopt(self) -> InitiatiefQuerySet:
        """Members of before. Their page is gone; of them is told only where else to look."""
        return self.filter(lidmaatschap=Initiatief.Lidmaatschap.GESTOPT)

    def zoek(self, tekst: str) -> InitiatiefQuerySet:
        """Those with these words in their page or with `tekst` in their name, or in this town.

        Accents and case make no difference. When there are none: those with a name that looks like it.
        """
        return self.filter(pk__in=RawSQL(GEVONDEN, _gezocht(tekst))) if tekst.strip() else self  # noqa: S611 (parameters)

    def met_woorden(self, tekst: str) -> list[int]:
        """The keys of all that `zoek` finds, public or not, straight from the indexes: no row is read again."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(GEVONDEN, _gezocht(tekst))
            return [pk for (pk,) in cursor]

    def op_naam(self) -> InitiatiefQuerySet:
        """Alphabetical for a human being: without accents and capitals."""
        return self.order_by("naam_sleutel", "pk")

    def van(self, gebruiker: Gebruiker) -> InitiatiefQuerySet:
        """The initiatives whose page this user keeps."""
        return self.filter(pk__in=eigen_initiatieven(gebruiker), verwijderd_op=None)


# Every version stays as it was: who changed what, for whoever has to explain it later.
@pghistory.track(
    exclude=["naam_sleutel", "is_vindbaar", "bevestigd_op", "verwijderd_op"],
    meta={"triggers": [pgtrigger.Protect(name="blijft_staan", operation=pgtrigger.Update)]},
)
class Initiatief(models.Model):
    """A small place for young people for whom school and care do not fit now."""

    class Lidmaatschap(models.TextChoices):
        GEEN = "geen", "geen lid"
        AANGEMELD = "aangemeld", "aangemeld"
        LID = "lid", "lid"
        AANDACHT = "aandacht", "lid, vraagt aandacht"
        GESTOPT = "gestopt", "gestopt"

    class Soort(models.TextChoices):
        BOERDERIJ = "boerderij", "boerderij"
        WERKPLAATS = "werkplaats", "werkplaats"
        ATELIER = "atelier", "atelier"
        KLEINE_SCHOOL = "kleine_school", "kleine school"
        TUIN = "tuin", "tuin of bos"
        PRAKTIJK = "praktijk", "praktijk"
        ONLINE = "online", "online"
        ANDERS = "anders", "andere plek"

    class Domein(models.TextChoices):
        SNIJVLAK = "snijvlak", "onderwijs en zorg samen"
        ONDERWIJS = "onderwijs", "onderwijs"
        JEUGDHULP = "jeugdhulp", "jeugdhulp"
        ZORG = "zorg", "zorg"

    class Doelgroep(models.TextChoices):
        RUST = "rust", "moet eerst bijkomen"
        PRIKKELS = "prikkels", "is gevoelig voor prikkels"
        AUTISME = "autisme", "heeft autisme"
        HOOGBEGAAFD = "hoogbegaafd", "denkt snel en veel"
        DOENER = "doener", "leert door te doen"
        SPANNING = "spanning", "vindt school of groepen spannend"
        THUIS = "thuis", "zit al langer thuis"

    class Begeleiding(models.TextChoices):
        INDIVIDUEEL = "individueel", "alleen, met een begeleider"
        GROEP = "groep", "in een kleine groep"

    class Bekostiging(models.TextChoices):
        PGB = "pgb", "persoonsgebonden budget (pgb)"
        JEUGDHULP = "jeugdhulp", "jeugdhulp via de gemeente"
        SAMENWERKINGSVERBAND = "samenwerkingsverband", "samenwerkingsverband van scholen"
        ONDERWIJS = "onderwijs", "de school"
        WLZ = "wlz", "langdurige zorg (Wlz)"
        EIGEN_BIJDRAGE = "eigen_bijdrage", "eigen bijdrage"
        FONDS = "fonds", "giften en fondsen"

    class Toegankelijkheid(models.TextChoices):
        ROLSTOEL = "rolstoel", "je kunt er met een rolstoel naar binnen"
        TOILET = "toilet", "er is een aangepast toilet"
        PRIKKELARM = "prikkelarm", "er is weinig geluid en beweging"
        RUSTPLEK = "rustplek", "er is een plek om even alleen te zijn"
        HULPHOND = "hulphond", "een hulphond mag mee"
        OUDER_ERBIJ = "ouder_erbij", "een ouder mag er in het begin bij blijven"

    OPENBAAR = (Lidmaatschap.LID, Lidmaatschap.AANDACHT)

    naam = models.CharField("naam", max_length=120)
    slug = models.SlugField("adres op de site", max_length=130, unique=True)
    naam_sleutel = models.GeneratedField(
        expression=Zoekvorm("naam"), output_field=models.TextField(), db_persist=True, editable=False
    )
    lidmaatschap = models.CharField("lidmaatschap", max_length=10, choices=Lidmaatschap, default=Lidmaatschap.GEEN)
    lid_sinds = models.DateField("lid sinds", null=True, blank=True)
    soort = models.CharField("soort plek", max_length=20, choices=Soort, default=Soort.ANDERS)
    domein = models.CharField("domein", max_length=20, choices=Domein, default=Domein.SNIJVLAK)
    omschrijving = models.TextField("wie we zijn", max_length=3000, blank=True)
    werkwijze = models.TextField("hoe een dag eruitziet", max_length=3000, blank=True)
    doelgroepen = ArrayField(
        models.CharField(max_length=20, choices=Doelgroep), verbose_name="voor wie", default=list, blank=True
    )
    past_wel = models.TextField("wat hier goed past", max_length=1500, blank=True, db_default="")
    past_niet = models.TextField("wat hier niet past", max_length=1500, blank=True, db_default="")
    wie_er_zijn = models.TextField("wie er zijn", max_length=1500, blank=True, db_default="")
    groepsgrootte = models.PositiveSmallIntegerField("grootste groep", null=True, blank=True)
    aanbod_hoofd = models.CharField("voor je hoofd", max_length=300, blank=True)
    aanbod_hart = models.CharField("voor je hart", max_length=300, blank=True)
    aanbod_handen = models.CharField("voor je handen", max_length=300, blank=True)
    begeleiding = ArrayField(
        models.CharField(max_length=20, choices=Begeleiding), verbose_name="begeleiding", default=list, blank=True
    )
    bekostiging = ArrayField(
        models.CharField(max_length=30, choices=Bekostiging), verbose_name="bekostiging", default=list, blank=True
    )
    bekostiging_uitleg = models.CharField("uitleg bij de bekostiging", max_length=500, blank=True)
    kennismaken = models.TextField("zo maak je kennis", max_length=1500, blank=True, db_default="")
    reizen = models.TextField("zo kom je er", max_length=1500, blank=True, db_default="")
    toegankelijk = ArrayField(
        models.CharField(max_length=20, choices=Toegankelijkheid),
        verbose_name="toegankelijkheid",
        default=list,
        db_default=[],
        blank=True,
    )
    openingstijden = models.CharField("openingstijden", max_length=300, blank=True, db_default="")
    opgericht_op = models.DateField("opgericht op", null=True, blank=True, validators=[niet_in_de_toekomst])
    aantal_jongeren = models.PositiveSmallIntegerField("aantal jongeren", null=True, blank=True)
    leeftijd_van = models.PositiveSmallIntegerField("leeftijd van", null=True, blank=True)
    leeftijd_tot = models.PositiveSmallIntegerField("leeftijd tot en met", null=True, blank=True)
    email = models.EmailField("openbaar e-mailadres", blank=True)
    telefoon = models.CharField("openbaar telefoonnummer", max_length=20, blank=True)
    website = models.URLField("website", blank=True, validators=[URLValidator(schemes=["http", "https"])])
    is_vindbaar = models.BooleanField("te vinden", default=True, db_default=True)
    bevestigd_op = models.DateField("bevestigd op", null=True, blank=True)
    verwijderd_op = models.DateTimeField("weggegooid op", null=True, blank=True, editable=False)
    is_demo = models.BooleanField("voorbeeldgegevens", default=False)
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = InitiatiefQuerySet.as_manager()

    class Meta:
        verbose_name = "initiatief"
        verbose_name_plural = "initiatieven"
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug__in=GERESERVEERDE_SLUGS),
                name="initiatief_slug_vrij",
                violation_error_message="Dit adres gebruiken we zelf al. Kies een ander.",
            ),
            models.CheckConstraint(
                condition=Q(leeftijd_van=None, leeftijd_tot=None)
                | Q(
                    leeftijd_van__isnull=False,
                    leeftijd_tot__isnull=False,
                    leeftijd_tot__gte=F("leeftijd_van"),
                    leeftijd_tot__lte=OUDSTE,
                ),
                name="initiatief_leeftijd_klopt",
                violation_error_message=f"Vul twee leeftijden in, van laag naar hoog, tot en met {OUDSTE} jaar.",
            ),
            models.CheckConstraint(
                condition=Q(website="") | Q(website__regex=r"^https?://"),
                name="initiatief_website_is_web",
                violation_error_message="Het adres van een website begint met https://.",
            ),
            models.CheckConstraint(
                condition=Q(verwijderd_op=None) | ~Q(lidmaatschap__in=["lid", "aandacht"]),
                name="initiatief_weg_is_niet_openbaar",
                violation_error_message="Dit initiatief is lid. Het stopt eerst, dan kan het weg.",
            ),
            models.CheckConstraint(
                condition=~Q(naam=""), name="initiatief_heeft_naam", violation_error_message="Vul een naam in."
            ),
            models.CheckConstraint(
                condition=Q(groepsgrootte=None) | Q(groepsgrootte__range=(1, GROOTSTE_GROEP)),
                name="initiatief_groep_klopt",
                violation_error_message=f"De grootste groep heeft 1 tot en met {GROOTSTE_GROEP} jongeren.",
            ),
        ]
        indexes = [
            models.Index(fields=["naam_sleutel", "id"], name="initiatief_op_naam"),
            GinIndex(fields=["naam_sleutel"], opclasses=["gin_trgm_ops"], name="initiatief_naam_trigram"),
        ]

    def __str__(self):
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("initiatieven:detail", args=[self.slug])

    @property
    def buurt(self) -> str:
        """Where to look further around it: its postcode, or the town of a home; empty when it is only online."""
        return next((locatie.zoekterm for locatie in self.locaties.all() if locatie.pc4), "")

    @property
    def is_openbaar(self) -> bool:
        return self.lidmaatschap in self.OPENBAAR

    @property
    def leeftijd(self) -> str:
        return leeftijd_in_woorden(self.leeftijd_van, self.leeftijd_tot)

    @property
    def plaatsen(self) -> str:
        """The towns where this initiative is, as words: `Lochem en Zutphen`. Reads `locaties`."""
        return get_text_list(sorted({locatie.plaats for locatie in self.locaties.all() if locatie.plaats}), "en")

    @property
    def is_landelijk(self) -> bool:
        """Tell whether young people from the whole country may come to one of its places. Reads `locaties`."""
        return any(locatie.is_landelijk for locatie in self.locaties.all())

    @property
    def in_het_kort(self) -> str:
        """What it is, where, and for which age: `Boerderij in Zutphen, 8 tot en met 18 jaar`. Reads `locaties`."""
        plaatsen = self.plaatsen
        wat = self.get_soort_display().capitalize() + (f" in {plaatsen}" if plaatsen else "")
        return ", ".join(filter(None, [wat, self.leeftijd]))

    @property
    def website_kort(self) -> str:
        """The address as people say it, without https:// and the last slash."""
        return self.website.split("://")[-1].rstrip("/")

    @property
    def plek_nu(self) -> Plekken | None:
        """The best that is known of the room here, over all age groups. Reads `plekken`."""
        return min(self.plekken.all(), key=lambda plekken: BESTE_EERST.index(plekken.toestand_nu), default=None)

    @property
    def heeft_voor_wie(self) -> bool:
        """Tell whether anything is known of the young people whom this place suits."""
        return bool(self.leeftijd or self.doelgroepen or self.past_wel or self.past_niet)

    @property
    def doelgroepen_tekst(self) -> list[str]:
        return [self.Doelgroep(waarde).label for waarde in self.doelgroepen]

    @property
    def begeleiding_tekst(self) -> list[str]:
        return [self.Begeleiding(waarde).label for waarde in self.begeleiding]

    @property
    def toegankelijk_tekst(self) -> list[str]:
        return [self.Toegankelijkheid(waarde).label for waarde in self.toegankelijk]

    @property
    def bekostiging_tekst(self) -> list[str]:
        return [self.Bekostiging(waarde).label for waarde in self.bekostiging]

    @property
    def aanbod(self) -> list[tuple[str, str]]:
        """What there is to do, as pairs of heading and words; only what was filled in."""
        paren = [("Hoofd", self.aanbod_hoofd), ("Hart", self.aanbod_hart), ("Handen", self.aanbod_handen)]
        return [(kop, tekst) for kop, tekst in paren if tekst]


def vrije_slug(naam: str, *, van: Initiatief | None = None) -> str:
    """Return an address for `naam` that is not one of our own words and that no other than `van` has or had.

    Whoever takes one in a transaction does so alone: another waits until it is over, and then sees what was taken.
    """
    wacht_op_beurt("vrije_slug")
    basis = slugify(naam)[:120] or "initiatief"
    eigen = van.pk if van else None
    bezet = set(Initiatief.objects.filter(slug__startswith=basis).exclude(pk=eigen).values_list("slug", flat=True))
    vroeger = Initiatief.oude_adressen.rel.related_model.objects.filter(slug__startswith=basis)
    bezet.update(vroeger.exclude(initiatief=eigen).values_list("slug", flat=True))
    bezet.update(GERESERVEERDE_SLUGS)
    slug, volgnummer = basis, 1
    while slug in bezet:
        volgnummer += 1
        slug = f"{basis}-{volgnummer}"
    return slug
