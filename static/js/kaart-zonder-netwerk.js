// Searching without a network: in the directory and the postcodes that the service worker keeps on this device.

const vlak = document.getElementById("zonder-netwerk");
const AARDE = 6371; // km
const DAG = 86400000;
const HOUDBAAR = 30; // days after which nobody knows whether there is still room
const HOEVEEL = 12;
const GENOEG = 3; // with fewer than this within the distance, what is for everybody is shown too, and so many of it
const STRAAL = 25; // km
const GELEZEN = new Set(["q", "bij", "straal", "leeftijd", "online", "pagina", "p"]); // parameters that are answered here too
const TOESTAND = {
  plek_vrij: "plek vrij",
  wachtlijst: "wachtlijst",
  eerst_kennismaken: "eerst kennismaken",
  vol: "vol",
};

const vorm = (tekst) => tekst.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();

function optellen(stappen) {
  let som = 0;
  return stappen.map((stap) => (som += stap));
}

function element(soort, tekst, kinderen = []) {
  const deel = document.createElement(soort);
  if (tekst) deel.textContent = tekst;
  deel.append(...kinderen);
  return deel;
}

function afstand(een, ander) {
  const graden = Math.PI / 180;
  const x = (ander.lon - een.lon) * graden * Math.cos(((een.lat + ander.lat) / 2) * graden);
  const y = (ander.lat - een.lat) * graden;
  return Math.hypot(x, y) * AARDE;
}

const circa = (km) => (km >= 1 ? `ca. ${Math.round(km)} km` : "minder dan 1 km");

/** The tables, and on which day they were fetched. */
async function leesTabellen() {
  const [gids] = await (await caches.open("gids")).keys();
  const bewaard = gids && (await caches.match(gids));
  const postcodes = await caches.match(vlak.dataset.postcodes);
  if (!bewaard || !postcodes) return null;
  return { gids: await bewaard.json(), op: bewaard.headers.get("date"), ...(await postcodes.json()) };
}

/** How many letters have to change, come, go or swap with their neighbour; what is more than `hoogstens` is not worked out. */
function tikfouten(een, ander, hoogstens) {
  if (Math.abs(een.length - ander.length) > hoogstens) return Infinity;
  let [ervoor, vorige] = [[], Array.from({ length: ander.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= een.length; i += 1) {
    const rij = [i];
    for (let j = 1; j <= ander.length; j += 1) {
      const anders = een[i - 1] === ander[j - 1] ? 0 : 1;
      rij[j] = Math.min(vorige[j] + 1, rij[j - 1] + 1, vorige[j - 1] + anders);
      if (anders && een[i - 1] === ander[j - 2] && een[i - 2] === ander[j - 1]) rij[j] = Math.min(rij[j], ervoor[j - 2] + 1);
    }
    if (Math.min(...rij) > hoogstens) return Infinity;
    [ervoor, vorige] = [vorige, rij];
  }
  return vorige[ander.length];
}

/** Places whose name is most like a misspelt one: one wrong letter in a short name, two in a long one. */
function lijkend(alle, naam) {
  if (naam.length < 4) return [];
  const hoogstens = naam.length < 7 ? 1 : 2;
  const fouten = alle.map((plaats) => tikfouten(naam, vorm(plaats.naam), hoogstens));
  const minst = Math.min(...fouten);
  if (minst > hoogstens) return [];
  return alle.filter((_, nummer) => fouten[nummer] === minst).slice(0, HOEVEEL).map((plaats) => ({ ...plaats, geraden: true }));
}

/** Points that fit what was typed: one, or several places of the same name. */
function zoekPunten({ postcodes, plaatsen }, vraag) {
  const code = vraag.match(/[1-9]\d{3}/)?.[0];
  if (code) {
    const codes = optellen(postcodes.pc);
    const verschil = codes.map((ander) => Math.abs(ander - Number(code)));
    const nummer = verschil.indexOf(Math.min(...verschil)); // an unknown code: the nearest number
    const [lat, lon] = [postcodes.lat, postcodes.lon].map((kolom) => optellen(kolom)[nummer] / 1000);
    return [{ naam: String(codes[nummer]), lat, lon }];
  }
  const naam = vorm(vraag.replace(/^(gemeente|provincie)\s+/i, ""));
  const alle = plaatsen.map(([label, ligging, lat, lon]) => ({ naam: label, ligging, lat: lat / 1000, lon: lon / 1000 }));
  const precies = alle.filter((plaats) => vorm(plaats.naam) === naam);
  if (!naam || precies.length) return precies;
  const begin = alle.filter((plaats) => vorm(plaats.naam).startsWith(naam)).slice(0, HOEVEEL);
  return begin.length ? begin : lijkend(alle, naam);
}

function ruimteTekst([van, tot, toestand, weken, datum]) {
  const oud = Date.now() - new Date(datum) > HOUDBAAR * DAG;
  const wacht = weken ? `, ongeveer ${weken} ${weken === 1 ? "week" : "weken"}` : "";
  return `${van}–${tot} jaar: ${oud ? "onbekend of er plek is, vraag het na" : TOESTAND[toestand] + wacht}`;
}

function leeftijdTekst([van, tot]) {
  if (van === undefined) return "";
  return van === tot ? `${van} jaar` : `${van} tot en met ${tot} jaar`;
}

/** One place; its texts open below it. */
function rij({ initiatief, plek, km }) {
  const waar = plek.online ? "online" : `${plek.ongeveer ? "omgeving " : ""}${plek.plaats ?? ""}`;
  const ver = plek.landelijk ? "voor jongeren uit heel Nederland" : "";
  const soort = initiatief.soort && initiatief.soort[0].toUpperCase() + initiatief.soort.slice(1);
  const feiten = [soort, leeftijdTekst(initiatief.leeftijd), waar, ver].filter(Boolean).join(" · ");
  const ruimte = initiatief.ruimte.map((groep) => element("li", ruimteTekst(groep)));
  const link = element("a", initiatief.naam);
  link.href = `/initiatieven/${initiatief.slug}/`;
  const delen = [element("h3", "", [link])];
  if (km !== undefined) delen.push(element("p", circa(km)));
  delen.push(element("p", feiten), element("ul", "", ruimte));
  const teksten = [initiatief.omschrijving, initiatief.werkwijze].filter(Boolean);
  if (teksten.length) {
    const alineas = teksten.flatMap((tekst) => tekst.split(/\n\s*\n/)).map((alinea) => element("p", alinea));
    delen.push(element("details", "", [element("summary", "Lees hoe het er is"), ...alineas]));
  }
  return element("li", "", delen);
}

function past({ leeftijd: [van, tot] }, leeftijd) {
  return leeftijd === null || van === undefined || (van <= leeftijd && leeftijd <= tot);
}

function passend(tabellen, leeftijd) {
  return tabellen.gids
    .filter((initiatief) => past(initiatief, leeftijd))
    .flatMap((initiatief) => initiatief.plekken.map((plek) => ({ initiatief, plek })));
}

/** All that is somewhere, the nearest first. */
function opAfstand(plekken, punt) {
  return plekken
    .filter(({ plek }) => plek.lat !== undefined)
    .map((gevonden) => ({ ...gevonden, km: afstand(punt, gevonden.plek) }))
    .sort((een, ander) => een.km - ander.km);
}

/** With little within the distance: what is for young people from everywhere, as the page with a network shows it. */
function vanOveral(plekken, gevonden, vraag) {
  const straal = Number(vraag.get("straal") ?? STRAAL) || Infinity;
  if (gevonden.filter(({ km }) => km <= straal).length >= GENOEG) return [];
  const ver = gevonden.slice(HOEVEEL).filter(({ plek }) => plek.landelijk).slice(0, GENOEG);
  return [
    ...onder("Ver weg, voor jongeren uit heel Nederland", ver),
    ...onder("Online, waar je ook woont", plekken.filter(({ plek }) => plek.online).slice(0, GENOEG)),
  ];
}

function onder(kop, plekken) {
  return plekken.length ? [element("h2", kop), lijst("ul", plekken.map(rij))] : [];
}

function lijst(soort, rijen) {
  const deel = element(soort, "", rijen);
  deel.className = "lijst";
  return deel;
}

/** Where somebody is, "52.14,6.20", or what fits what was typed. */
function leesPunten(tabellen, q, bij) {
  const [lat, lon] = bij.split(",").map(Number);
  return q === "" && lat && lon ? [{ naam: "waar je nu bent", lat, lon }] : zoekPunten(tabellen, q);
}

function toonVraag(tabellen, vraag) {
  const q = vraag.get("q") ?? "";
  const punten = leesPunten(tabellen, q, vraag.get("bij") ?? "");
  if (!punten.length) return [element("h2", `We kennen ${q} niet. Typ een postcode of een andere plaats.`)];
  if (punten.length > 1) {
    const keuzes = punten.map(({ naam, ligging }) => {
      const link = element("a", `${naam}, ${ligging}`);
      link.addEventListener("click", (gebeurtenis) => {
        gebeurtenis.preventDefault();
        toon(toonRond(tabellen, punten.find((punt) => punt.ligging === ligging && punt.naam === naam), vraag));
      });
      link.href = location.href;
      return element("li", "", [link]);
    });
    return [element("h2", `Welke ${q} bedoel je?`), lijst("ul", keuzes)];
  }
  const [punt] = punten;
  const [kop, ...rest] = toonRond(tabellen, punt, vraag);
  return punt.geraden ? [kop, element("p", `Je typte “${q}”. We zoeken rond ${punt.naam}.`), ...rest] : [kop, ...rest];
}

/** What was not looked at, in words: the answer may hold more than was asked for. */
function voorbehoud(vraag, leeftijd, aantal) {
  const zinnen = [];
  if (leeftijd !== null && !aantal) zinnen.push("Voor deze leeftijd weten we geen plek. Dit zijn plekken voor andere leeftijden.");
  if ([...vraag.keys()].some((naam) => !GELEZEN.has(naam))) {
    zinnen.push("Zonder netwerk kijken we naar afstand en leeftijd, en niet naar wat je verder koos.");
  }
  return zinnen.map((zin) => element("p", zin));
}

function toonOnline(goed, vraag) {
  const online = goed.filter(({ plek }) => plek.online);
  const aantal = online.length === 1 ? "1 plek" : `${online.length} plekken`;
  const kop = online.length ? `${aantal} online, waar je ook woont` : "We vonden geen plek online die past";
  return [element("h2", kop), ...voorbehoud(vraag, null, online.length), lijst("ul", online.map(rij))];
}

function toonRond(tabellen, punt, vraag) {
  const leeftijd = vraag.get("leeftijd") ? Number(vraag.get("leeftijd")) : null;
  const goed = passend(tabellen, leeftijd);
  if (vraag.has("online")) return toonOnline(goed, vraag);
  const hier = opAfstand(goed, punt);
  const alle = hier.length ? hier : opAfstand(passend(tabellen, null), punt);
  const gevonden = alle.slice(0, HOEVEEL);
  const aantal = gevonden.length === 1 ? "De dichtstbijzijnde plek" : `De ${gevonden.length} dichtstbijzijnde plekken`;
  return [
    element("h2", `${aantal} rond ${punt.naam}`),
    ...voorbehoud(vraag, leeftijd, hier.length),
    lijst("ol", gevonden.map(rij)),
    ...vanOveral(goed, alle, vraag),
    element("p", "Afstanden zijn hemelsbreed: over de weg is het verder."),
  ];
}

function toonInitiatief(tabellen, slug) {
  const initiatief = tabellen.gids.find((ander) => ander.slug === slug);
  if (!initiatief) return [element("h2", "Deze plek staat niet in wat je telefoon bewaarde.")];
  return [element("h2", initiatief.naam), lijst("ul", initiatief.plekken.map((plek) => rij({ initiatief, plek })))];
}

/** The numbers of a shortlist: those in the address, else the ones that this browser keeps (js/lijstje.js). */
function leesLijstje(vraag) {
  try {
    return vraag.get("p")?.split(",").map(Number) ?? JSON.parse(localStorage.getItem("lijstje") ?? "[]");
  } catch {
    return [];
  }
}

function toonLijstje(tabellen, nummers) {
  const alle = tabellen.gids.flatMap((initiatief) => initiatief.plekken.map((plek) => ({ initiatief, plek })));
  const bewaard = nummers.map((nummer) => alle.find(({ plek }) => plek.nr === nummer)).filter(Boolean);
  if (!bewaard.length) return [element("h2", "Er staat nog niets op je lijstje.")];
  return [element("h2", "Jouw lijstje"), lijst("ul", bewaard.map(rij))];
}

/** The sentence on top is read out; what follows is there to read at leisure. */
function toon([kop, ...rest]) {
  const status = vlak.querySelector("[role='status']");
  for (const deel of [...vlak.children]) if (deel !== status) deel.remove();
  vlak.append(...rest);
  status.replaceChildren(kop);
}

async function begin() {
  const tabellen = await leesTabellen();
  if (!tabellen) return;
  const vraag = new URLSearchParams(location.search);
  const slug = location.pathname.match(/^\/initiatieven\/([\w-]+)\/$/)?.[1];
  const veld = document.getElementById("id_q");
  veld.value = vraag.get("q") ?? "";
  const dag = new Date(tabellen.op).toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" });
  document.getElementById("gids-van").textContent = `Dit is wat er op ${dag} bekend was.`;
  if (slug) toon(toonInitiatief(tabellen, slug));
  else if (location.pathname.startsWith("/kaart/lijstje/")) toon(toonLijstje(tabellen, leesLijstje(vraag)));
  else if (veld.value || vraag.get("bij")) toon(toonVraag(tabellen, vraag));
}

begin();
