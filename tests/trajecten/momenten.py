"""A moment with everything that can hang on it, and pictures made on the spot."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from collectief.beeld import maak_foto
from collectief.gebruikers.models import Gebruiker
from trajecten.actions import bewaar_moment
from trajecten.models import Aanvulling, Moment, Traject


def beeld(soort: str = "JPEG", maat: tuple[int, int] = (40, 30), kleur: str = "teal", **opties) -> bytes:
    """The bytes of a picture in one colour."""
    uit = BytesIO()
    Image.new("RGB", maat, kleur).save(uit, soort, **opties)
    return uit.getvalue()


def bestand(inhoud: bytes | None = None, naam: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(naam, beeld() if inhoud is None else inhoud, content_type="image/jpeg")


def vul_momenten(traject: Traject, begeleider: Gebruiker) -> dict[str, dict]:
    """A changed moment with a photo and a supplement; return what its addresses need."""
    moment = bewaar_moment(
        traject=traject,
        moment=Moment(tekst="Samen soep gekookt."),
        door=begeleider,
        foto=maak_foto(BytesIO(beeld())),
        beschrijving="Een pan soep",
    )
    moment.tekst = "Samen gekookt."
    moment.pas_aan(gezien=0)
    Aanvulling.objects.create(moment=moment, traject=traject, tekst="Er was nog over.", door=begeleider)
    van_moment, van_foto = {"moment_pk": moment.pk}, {"foto_pk": moment.foto.pk}
    return {"een_moment": van_moment, "moment_aanpassen": van_moment, "foto": van_foto, "foto_weg": van_foto}
