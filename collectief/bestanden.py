"""Files of people: how large they may come in, and a place where no address leads to.

The private storage (`PRIVE_MAP`) is outside everything that a web server serves. Only a view that has looked who asks
reads from it.
"""

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import datetime, timedelta
from itertools import batched
from pathlib import PurePosixPath
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

MAX_UPLOAD = 15_000_000  # bytes of one file; more is not kept, neither in memory nor on disk

_nieuw: ContextVar[list[str] | None] = ContextVar("nieuw", default=None)


class BegrensdeUpload(FileUploadHandler):
    """Stop keeping a file that grows too large. The rest of it is read past, so that the form's other fields arrive.

    Its form gets a file without content that tells how large it was, and says so beside the field.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start + len(raw_data) <= MAX_UPLOAD else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if file_size <= MAX_UPLOAD:
            return None
        for handler in self.request.upload_handlers:
            if begin := getattr(handler, "file", None):
                begin.close()  # the next handlers kept what came before it was too much
        return UploadedFile(ContentFile(b""), self.file_name, self.content_type, file_size)


class BestandenMiddleware:
    """Take away what a request wrote in the private storage when the request did not end well.

    Stands outside the transaction: an answer of 400 and above means that it was undone. What a process that died
    left behind is found by a sweep of each app (`verwijder_wezen`; `trajecten.tasks.ruim_fotos_op`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        nieuw: list[str] = []
        merk = _nieuw.set(nieuw)
        try:
            response = self.get_response(request)
        finally:
            _nieuw.reset(merk)
        if response.status_code >= 400:
            for naam in nieuw:
                verwijder(naam)
        return response


def opslag() -> Storage:
    return storages["prive"]


def bewaar(naam: str, inhoud: bytes) -> None:
    """Write a file under exactly this name; within a request that fails it goes away again."""
    opslag().save(naam, ContentFile(inhoud))
    if (nieuw := _nieuw.get()) is not None:
        nieuw.append(naam)


def lees(naam: str) -> bytes:
    """Return the content. Raises FileNotFoundError."""
    with opslag().open(naam) as bestand:
        return bestand.read()


def stuur_foto(naam: str) -> HttpResponse:
    """Send a photo that was looked up as who asks; who may keep it, its view says. Raises Http404."""
    try:
        inhoud = lees(naam)
    except FileNotFoundError as fout:
        raise Http404 from fout
    koppen = {"Content-Disposition": 'inline; filename="foto.webp"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(inhoud, content_type="image/webp", headers=koppen)


def verwijder(naam: str) -> None:
    """Remove a file; it is no mistake when there is none."""
    opslag().delete(naam)


def verwijder_wezen(map_: str, rijen: QuerySet, blijft: Q = Q()) -> int:  # noqa: B008 - a Q does not change
    """Remove files below `map_` that are named after none of these rows for which `blijft` holds; return how many.

    They are left behind when a process dies halfway. A file of the last day may belong to a request that is still
    busy. A database that knows no row at all is not believed, nor is a name that we did not give.
    """
    if not rijen.exists():
        return 0
    weg = 0
    for namen in batched(alle(map_, tot=timezone.now() - timedelta(days=1)), 500):
        sleutels = {naam: sleutel for naam in namen if (sleutel := _sleutel_van(naam))}
        bekend = set(rijen.filter(blijft, pk__in=sleutels.values()).values_list("pk", flat=True))
        for naam in [naam for naam, sleutel in sleutels.items() if sleutel not in bekend]:
            verwijder(naam)
            weg += 1
    return weg


def _sleutel_van(naam: str) -> UUID | None:
    try:
        return UUID(PurePosixPath(naam).stem)
    except ValueError:
        return None


def alle(map_: str, *, tot: datetime) -> Iterator[str]:
    """The names of all files below `map_` that were written before `tot`."""
    if not opslag().exists(map_):
        return
    mappen, bestanden = opslag().listdir(map_)
    for bestand in bestanden:
        if opslag().get_modified_time(f"{map_}/{bestand}") < tot:
            yield f"{map_}/{bestand}"
    for onder in mappen:
        yield from alle(f"{map_}/{onder}", tot=tot)
