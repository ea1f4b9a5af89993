"""A walk along every link, per role, from the page where she starts: each page opens, and says what a page should say.

One page of each kind is enough: a page is of the same kind as another when the same URL pattern made it. The round in
a browser (`test_rondgang.py`) looks at what only a browser can see.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.vorm.test_sjablonen import VERBODEN

ENGELS = re.compile(
    r"\b(the|this|that|your|please|password|email address|submit|required|cancel|delete|sign (in|out|up)|log ?out|"
    r"username|search results|next page|previous|are you sure|enter a|invalid|not found|forbidden|error|"
    r"and|with|from|for|to|recipient|request|confirm|choose|select|save|back|loading|remove|add|your|name|key)\b",
    re.IGNORECASE,
)
ROLLEN = [None, "begeleider", "coordinator", "kernteamlid", "beheerder", "verbondgenoot"]
STIL = {"script", "style", "svg"}  # what nobody reads
GEEN_BLADZIJDE = ("/static/", "/gepubliceerd/")


class Lezer(HTMLParser):
    """What there is on a page: its title, headings, names, links and words."""

    def __init__(self, tekst: str) -> None:
        super().__init__()
        self.titel, self.h1, self.namen, self.links, self.woorden = "", 0, Counter(), [], []
        self._open: list[str] = []
        self.feed(tekst)

    def handle_starttag(self, tag, attrs) -> None:
        eigen = dict(attrs)
        self.h1 += tag == "h1"
        if naam := eigen.get("id"):
            self.namen[naam] += 1
        if tag == "a" and eigen.get("href"):
            self.links.append(eigen["href"])
        if (
            tag == "form"
            and (eigen.get("method", "get").lower() == "get" or "data-zoek" in eigen)
            and eigen.get("action")
        ):
            self.links.append(eigen["action"])
        self.woorden += [eigen[wat] for wat in ("aria-label", "placeholder", "title", "alt") if eigen.get(wat)]
        if tag in STIL | {"title"}:
            self._open.append(tag)

    def handle_endtag(self, tag) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data) -> None:
        if not STIL & set(self._open):
            self.woorden.append(data)
        if self._open[-1:] == ["title"]:
            self.titel += data

    @property
    def tekst(self) -> str:
        return " ".join(" ".join(self.woorden).split())


@dataclass
class Wandeling:
    """Follow links from these addresses, one page of each kind, and note what is wrong."""

    client: Client
    gezien: dict[str, str] = field(default_factory=dict)  # kind of page: its title
    namen: dict[str, set[str]] = field(default_factory=dict)  # address: the names on it
    gebreken: list[tuple] = field(default_factory=list)
    stukken: list[tuple] = field(default_factory=list)  # links to a part of a page

    def loop(self, *begin: str) -> None:
        rij = deque(("begin", adres) for adres in begin)
        while rij:
            vanaf, adres = rij.popleft()
            soort = self._soort(vanaf, adres)
            if soort and soort not in self.gezien:
                rij.extend((adres, link) for link in self._bezoek(vanaf, adres, soort))
        for vanaf, adres, deel in self.stukken:
            if adres in self.namen and deel not in self.namen[adres]:
                self.gebreken.append((vanaf, "leidt naar een deel dat er niet is", f"{adres}#{deel}"))

    def _soort(self, vanaf: str, adres: str) -> str:
        """The kind of page, by the pattern of its address; empty when it is no page of ours."""
        pad = unquote(urlsplit(adres).path)
        if pad.startswith(GEEN_BLADZIJDE):
            return ""
        try:
            return resolve(pad).route or "/"
        except Resolver404:
            self.gebreken.append((vanaf, "leidt nergens heen", adres))
            return ""

    def _bezoek(self, vanaf: str, adres: str, soort: str) -> list[str]:
        """Look at one page; return where its links lead."""
        self.gezien[soort] = ""
        antwoord = self.client.get(adres, follow=True)
        if antwoord.status_code >= 400:
            self.gebreken.append((vanaf, f"geeft {antwoord.status_code}", adres))
        if antwoord.status_code >= 400 or not antwoord["Content-Type"].startswith("text/html"):
            return []
        waar = antwoord.redirect_chain[-1][0] if antwoord.redirect_chain else adres
        bladzijde = Lezer(antwoord.content.decode())
        self.gezien[soort] = "" if antwoord.redirect_chain else bladzijde.titel.strip()
        self.lees(waar, bladzijde)
        return [heel for link in bladzijde.links if (heel := self._intern(waar, link))]

    def lees(self, waar: str, bladzijde: Lezer) -> None:
        self.namen[waar] = set(bladzijde.namen)
        dubbel = [naam for naam, aantal in bladzijde.namen.items() if aantal > 1]
        klachten = {
            "heeft geen titel": not bladzijde.titel.partition("–")[0].strip(),
            f"heeft {bladzijde.h1} keer h1": bladzijde.h1 != 1,
            f"heeft namen dubbel: {dubbel}": dubbel,
            f"spreekt Engels: {ENGELS.findall(bladzijde.tekst)}": ENGELS.search(bladzijde.tekst),
            f"zegt wat we niet zeggen: {VERBODEN.findall(bladzijde.tekst)}": VERBODEN.search(bladzijde.tekst),
        }
        self.gebreken += [(waar, klacht) for klacht, is_zo in klachten.items() if is_zo]

    def _intern(self, waar: str, link: str) -> str:
        """The whole address on this site, without the part of the page; empty when it leads away from us."""
        adres, deel = urldefrag(urljoin(f"http://testserver{waar}", link))
        if not adres.startswith("http://testserver/"):
            return ""
        adres = adres.removeprefix("http://testserver")
        if deel:
            self.stukken.append((waar, adres, deel))
        return adres


@pytest.mark.parametrize("wie", ROLLEN)
def test_every_link_leads_to_a_page_that_is_whole(wereld, als, client, wie):
    if wie:
        wereld.mensen[wie].password = "niet leeg"  # she is asked for it before her account changes
        wereld.mensen[wie].save(update_fields=["password"])
    wandeling = Wandeling(als(wereld.mensen[wie]) if wie else client)

    wandeling.loop("/mijn/" if wie else "/", "/")

    titels = Counter(titel for titel in wandeling.gezien.values() if titel)
    assert wandeling.gebreken == []
    assert [titel for titel, aantal in titels.items() if aantal > 1] == []
    assert len(wandeling.gezien) > 25  # the walk itself still gets somewhere
