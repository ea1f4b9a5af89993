"""Which files may come with a meeting, judged by what is in them and never by their name."""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

MEESTE_BYTES = 10_000_000
UITLEG = "Dit is geen pdf, foto of document (docx, pptx, xlsx, odt, odp, ods)."


@dataclass(frozen=True)
class Documentsoort:
    mediatype: str
    extensie: str


_BEGIN = {
    b"%PDF-": Documentsoort("application/pdf", "pdf"),
    b"\x89PNG\r\n\x1a\n": Documentsoort("image/png", "png"),
    b"\xff\xd8\xff": Documentsoort("image/jpeg", "jpg"),
}
_OOXML = "application/vnd.openxmlformats-officedocument"
_MAP = {
    "word/document.xml": Documentsoort(f"{_OOXML}.wordprocessingml.document", "docx"),
    "ppt/presentation.xml": Documentsoort(f"{_OOXML}.presentationml.presentation", "pptx"),
    "xl/workbook.xml": Documentsoort(f"{_OOXML}.spreadsheetml.sheet", "xlsx"),
}
_ODF = "application/vnd.oasis.opendocument"
_OPEN = {
    f"{_ODF}.text": "odt",
    f"{_ODF}.presentation": "odp",
    f"{_ODF}.spreadsheet": "ods",
}
EXTENSIES = {soort.mediatype: soort.extensie for soort in [*_BEGIN.values(), *_MAP.values()]} | _OPEN


def herken(inhoud: bytes) -> Documentsoort | None:
    """What kind of document this is, or None when we do not take it. One with macros is none of ours."""
    for begin, soort in _BEGIN.items():
        if inhoud.startswith(begin):
            return soort
    return _in_zip(inhoud) if inhoud.startswith(b"PK\x03\x04") else None


def _in_zip(inhoud: bytes) -> Documentsoort | None:
    """Reads the table of contents and the first hundred bytes of one small file; unpacks nothing else."""
    try:
        with zipfile.ZipFile(BytesIO(inhoud)) as pakket:
            namen = set(pakket.namelist())
            if any(naam.lower().endswith("vbaproject.bin") for naam in namen):
                return None
            if "mimetype" in namen:
                with pakket.open("mimetype") as bestand:
                    mediatype = bestand.read(100).decode("ascii", "replace")
                return Documentsoort(mediatype, _OPEN[mediatype]) if mediatype in _OPEN else None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return None
    return next((soort for naam, soort in _MAP.items() if naam in namen), None)
