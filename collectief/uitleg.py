"""The user guides as pages of the site: the text and the pictures of `docs/gids`, of which there is one copy."""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

MAP = settings.BASE_DIR / "docs/gids"
INHOUD = "README"  # which guides there are, and how to sign in
ROLLEN = frozenset(pad.stem for pad in MAP.glob("*.md")) - {INHOUD}
LEZER = MarkdownIt("commonmark", {"html": False})


class Uitleg(NamedTuple):
    """One guide, ready to show: its title, where its parts begin, and the text."""

    titel: str
    delen: list[tuple[str, str]]
    tekst: SafeString


@cache  # the guides come with the code
def lees(naam: str) -> Uitleg:
    """Return the guide in `docs/gids/<naam>.md`."""
    _, titel, _, *tekens = LEZER.parse((MAP / f"{naam}.md").read_text())
    koppen = [(kop, tekst.content) for kop, tekst in pairwise(tekens) if kop.type == "heading_open"]
    for kop, tekst in koppen:
        kop.attrSet("id", slugify(tekst))
    for blok in tekens:
        for teken in blok.children or ():
            _wijs_naar_de_site(teken)
    delen = [(kop.attrs["id"], tekst) for kop, tekst in koppen if kop.tag == "h2"]
    # Nothing a visitor wrote: files of our own, and the reader leaves no HTML through.
    html = mark_safe(LEZER.renderer.render(tekens, LEZER.options, {}))  # noqa: S308
    return Uitleg(titel.content, delen, html)


def _wijs_naar_de_site(teken: Token) -> None:
    """In the repository a guide points at the files beside it; on the site those are pages and static files."""
    if teken.type == "link_open" and teken.attrs["href"].endswith(".md"):
        teken.attrSet("href", reverse("uitleg_voor", args=[teken.attrs["href"].removesuffix(".md")]))
    elif teken.type == "image":
        bestand = teken.attrs["src"]
        with Image.open(MAP / bestand) as beeld:
            breedte, hoogte = beeld.size
        teken.attrs |= {"src": static(bestand.replace("beelden/", "gids/")), "width": breedte, "height": hoogte}
        teken.attrs |= {"class": "foto kaartje", "loading": "lazy"}


@require_safe
@login_not_required
def uitleg(request: HttpRequest, naam: str = "") -> HttpResponse:
    """How the site works for one role; without a name, which roles there are."""
    if naam and naam not in ROLLEN:
        raise Http404
    return render(request, "pagina/uitleg.html", {"uitleg": lees(naam or INHOUD), "is_inhoud": not naam})
