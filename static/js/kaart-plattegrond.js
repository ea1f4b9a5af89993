// Draws the map with Leaflet: our own outline, all places as quiet dots, the places of the list as numbered pins.

const vlak = document.getElementById("kaart");
// By the address that the page gives: that one holds a hash, so a new page never runs with an old module.
const [{ Plekken, optellen, straal, stippenlaag }, { biedStratenAan }] = await Promise.all([
  import(vlak.dataset.stippen),
  import(vlak.dataset.stratenModule),
]);
const rijen = () => [...document.querySelectorAll(".kaart-plekken > li[value]")];
const donker = matchMedia("(prefers-color-scheme: dark)");
const gedwongen = matchMedia("(forced-colors: active)"); // the colours are the visitor's own
const EIGEN_KLEUR = { mos: "LinkText", lijn: "CanvasText" };
// Fits on a telephone of 360 pixels, and beside or below the buttons on the map.
const BALLON = {
  minWidth: 220,
  maxWidth: 270,
  autoPanPaddingTopLeft: matchMedia("(min-width: 60rem)").matches ? [70, 10] : [10, 165],
};
const SAMEN_HOOGSTENS = 5; // places in one balloon

const stijl = (naam) => getComputedStyle(document.documentElement).getPropertyValue(`--${naam}`).trim();
const kleur = (naam) => (gedwongen.matches ? (EIGEN_KLEUR[naam] ?? "Canvas") : stijl(naam));

/** Let what the visitor does go first: on a slow telephone each piece of drawing is short enough not to be felt. */
const adem = () => new Promise((klaar) => setTimeout(klaar));

async function haal(adres) {
  const antwoord = await fetch(adres);
  if (!antwoord.ok) throw new Error(`${antwoord.status} ${adres}`);
  const gegevens = await antwoord.json();
  await adem();
  return gegevens;
}

function bijAndereKleuren(opnieuw) {
  for (const keuze of [donker, gedwongen]) keuze.addEventListener("change", opnieuw);
}

/** A ring as columns of steps in thousandths of a degree, as Leaflet wants it. */
function ring(kolommen) {
  const [lon, lat] = kolommen.map(optellen);
  return lat.map((graden, nummer) => [graden / 1000, lon[nummer] / 1000]);
}

function tekenOndergrond(kaart, { buren, provincies }) {
  const renderer = L.canvas({ pane: "ondergrond", padding: 0.3 });
  const vlakken = (vormen) =>
    L.polygon(vormen.flat().map((kolommen) => [ring(kolommen)]), { interactive: false, pane: "ondergrond", renderer });
  const [buur, provincie] = [buren, provincies].map((vormen) => vlakken(vormen).addTo(kaart));
  const kleurIn = () => {
    buur.setStyle({ stroke: false, fillColor: kleur("landing"), fillOpacity: 1 });
    provincie.setStyle({ color: kleur("lijn"), weight: 1, fillColor: kleur("kaart-vlak"), fillOpacity: 1 });
  };
  kleurIn();
  bijAndereKleuren(kleurIn);
}

/** Names of places: the larger first, more of them the closer you look, and never one over another or over a dot. */
function schrijfNamen(kaart, gegevens, spelden, laag) {
  const namen = gegevens.namen.map(([naam, postcodes, lat, lon]) => ({
    breedte: naam.length * 9 + 16,
    vanaf: 10 - Math.log2(postcodes),
    speld: L.marker([lat / 1000, lon / 1000], {
      icon: L.divIcon({ className: "kaart-naam", html: woord(naam), iconSize: [0, 0] }),
      interactive: false,
      keyboard: false,
      pane: "namen",
    }),
  }));
  const ververs = () => {
    const bezet = [
      ...spelden.getLayers().map((speld) => doos(kaart.latLngToLayerPoint(speld.getLatLng()), 40, 36)),
      ...laag.zichtbaar().map(({ punt, aantal }) => doos(punt, 2 * straal(aantal), 2 * straal(aantal))),
    ];
    const beeld = kaart.getBounds();
    for (const { breedte, vanaf, speld } of namen) {
      const inBeeld = kaart.getZoom() >= vanaf && beeld.contains(speld.getLatLng());
      const eigen = inBeeld && doos(kaart.latLngToLayerPoint(speld.getLatLng()), breedte, 22);
      const toon = inBeeld && !bezet.some((ander) => ander.overlaps(eigen));
      if (toon) bezet.push(eigen);
      if (toon !== kaart.hasLayer(speld)) kaart[toon ? "addLayer" : "removeLayer"](speld);
    }
  };
  kaart.on("moveend stippen", ververs);
  ververs();
}

function woord(tekst) {
  const element = document.createElement("span");
  element.textContent = tekst;
  return element;
}

function doos(midden, breedte, hoogte) {
  const half = L.point(breedte / 2, hoogte / 2);
  return L.bounds(midden.subtract(half), midden.add(half));
}

/** What the list was asked for, for the dots. */
function gevraagd() {
  const { leeftijd, plek, online, filters } = vlak.dataset;
  return {
    leeftijd: leeftijd ? Number(leeftijd) : null,
    plek,
    online,
    keuzes: JSON.parse(filters || "{}"),
    spelden: rijen().map(({ dataset }) => Plekken.sleutel(dataset.lat, dataset.lon)),
  };
}

/** One place, or a few that lie in one spot, in a balloon. */
async function toonPlekken(kaart, punt, nummers) {
  const inhoud = document.createElement("div");
  for (const id of nummers.slice(0, SAMEN_HOOGSTENS)) {
    const antwoord = await fetch(`/kaart/plek/${id}/`);
    if (antwoord.ok) inhoud.insertAdjacentHTML("beforeend", await antwoord.text());
  }
  const rest = nummers.length - SAMEN_HOOGSTENS;
  if (rest > 0) inhoud.append(woord(`En nog ${rest} op deze plek.`));
  if (inhoud.childNodes.length) L.popup({ ...BALLON, maxHeight: 320 }).setLatLng(punt).setContent(inhoud).openOn(kaart);
}

/** A press on a group comes closer until it falls apart; on a place opens it. */
function open(kaart, { plekken }, groep) {
  if (!groep) return;
  const punt = kaart.layerPointToLatLng(groep.punt);
  const verder = kaart.getMaxZoom() > kaart.getZoom();
  const leden = plekken.leden(groep);
  const los = leden.some((lid) => plekken.groep(lid, lid + 1).x !== plekken.groep(leden[0], leden[0] + 1).x);
  if (groep.aantal > 1 && los && verder) kaart.setView(punt, Math.min(kaart.getZoom() + 2, kaart.getMaxZoom()));
  else toonPlekken(kaart, punt, leden.map((lid) => plekken.id[lid]));
}

/** The layer for every public place that fits the filters; one at someone's home is wide and pale. */
function legStippen(kaart) {
  const laag = stippenlaag(kaart, () => ({
    vlak: kleur("mos"),
    licht: kleur("kaart-vlak"),
    letter: getComputedStyle(kaart.getContainer()).fontFamily,
    gedwongen: gedwongen.matches,
  }));
  bijAndereKleuren(() => laag._draw());
  kaart.on("click", ({ layerPoint }) => open(kaart, laag, laag.bij(layerPoint)));
  kaart.on("mousemove", ({ layerPoint }) => {
    kaart.getContainer().style.cursor = laag.bij(layerPoint, 4) ? "pointer" : "";
  });
  kaart.getContainer().addEventListener("keydown", (gebeurtenis) => {
    if (gebeurtenis.key !== "Enter" || gebeurtenis.target !== kaart.getContainer()) return;
    open(kaart, laag, laag.bij(kaart.containerPointToLayerPoint(kaart.getSize().divideBy(2)), 60));
  });
  return laag;
}

function ballon(rij) {
  const inhoud = document.createElement("div");
  inhoud.append(...[...rij.children].map((deel) => deel.cloneNode(true)));
  return inhoud;
}

/** A pin per row; pointing at the one shows the other. */
function prikSpelden(spelden) {
  spelden.clearLayers();
  for (const rij of rijen()) {
    const isOngeveer = "ongeveer" in rij.dataset; // at somebody's home
    const speld = L.marker([rij.dataset.lat, rij.dataset.lon], {
      icon: L.divIcon({ className: `kaart-speld${isOngeveer ? " ongeveer" : ""}`, html: String(rij.value), iconSize: [44, 44] }),
      alt: `${rij.value}: ${rij.querySelector("a").textContent}${isOngeveer ? ", ongeveer hier" : ""}`,
      riseOnHover: true,
    }).addTo(spelden);
    speld.bindPopup(() => ballon(rij), BALLON);
    const element = speld.getElement();
    element.setAttribute("aria-label", speld.options.alt);
    let isOpen = false; // then the focus is in the balloon, which stands elsewhere in the page
    const wijs = () => {
      const aan = isOpen || [rij, element].some((deel) => deel.matches(":hover, :focus-within"));
      rij.classList.toggle("actief", aan);
      element.classList.toggle("actief", aan);
      speld.setZIndexOffset(aan ? 1000 : 0);
    };
    for (const deel of [rij, element]) {
      for (const soort of ["mouseenter", "focusin", "mouseleave", "focusout"]) deel.addEventListener(soort, wijs);
    }
    speld.on("popupopen popupclose", ({ type }) => {
      isOpen = type === "popupopen";
      wijs();
      if (isOpen) rij.scrollIntoView({ block: "nearest" });
    });
  }
}

/** A balloon takes the focus to its first link and gives it back. Escape closes it first, and only then the sheet. */
function volgBallon(kaart) {
  let ballon = null;
  let vanaf = null;
  kaart.on("popupopen", ({ popup }) => {
    ballon = popup.getElement();
    vanaf = document.activeElement;
    ballon.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", "Sluiten");
    ballon.querySelector(".leaflet-popup-content a").focus({ preventScroll: true });
  });
  kaart.on("popupclose", () => {
    const had = [document.body, ...ballon.querySelectorAll("a")].includes(document.activeElement);
    if (had) vanaf.focus({ preventScroll: true });
    ballon = null;
  });
  kaart.getContainer().addEventListener("keydown", (gebeurtenis) => {
    if (gebeurtenis.key !== "Escape" || !ballon) return;
    gebeurtenis.stopPropagation();
    kaart.closePopup();
  });
}

/** Show the point that was asked from, and the pins around it. */
function kiesBeeld(kaart, spelden, hier) {
  const { lat, lon, label } = vlak.dataset;
  hier.clearLayers();
  if (!lat) return kaart.fitBounds([[50.75, 3.3], [53.55, 7.2]], { animate: false });
  L.marker([lat, lon], {
    icon: L.divIcon({ className: "kaart-hier", iconSize: [22, 22] }),
    interactive: false,
    keyboard: false,
    alt: label,
  }).addTo(hier);
  const alles = L.latLngBounds([[lat, lon], ...spelden.getLayers().map((speld) => speld.getLatLng())]);
  const boven = kaart.getSize().x < 600 ? 150 : 40; // on a phone the buttons would cover what is in that corner
  return kaart.fitBounds(alles, { animate: false, maxZoom: 11, paddingTopLeft: [40, boven], paddingBottomRight: [40, 40] });
}

/** The list got another answer without a new page: the map follows. */
function volgHetAntwoord(opnieuw) {
  addEventListener("kaart:antwoord", ({ detail }) => {
    for (const naam of ["lat", "lon", "label", "leeftijd", "plek", "online", "filters"]) {
      if (detail[naam] === undefined) delete vlak.dataset[naam];
      else vlak.dataset[naam] = detail[naam];
    }
    opnieuw();
  });
}

function maakKlaar(kaart) {
  kaart.options.zoomSnap = 0.25;
  kaart.setMaxZoom(13).setMaxBounds([[49.5, 1.5], [54.5, 9]]);
  kaart.zoomControl.remove();
  L.control.zoom({ zoomInTitle: "Dichterbij", zoomOutTitle: "Verder weg" }).addTo(kaart);
  kaart.attributionControl.remove(); // the sources stand below the map, for every visitor
  for (const [naam, hoogte] of [["ondergrond", 190], ["namen", 350], ["stippen", 400]]) {
    kaart.createPane(naam).style.zIndex = hoogte;
  }
  kaart.getPane("namen").style.pointerEvents = "none";
  kaart.getPane("namen").setAttribute("aria-hidden", "true"); // they come and go; pins and rows name their own town
  const doos = kaart.getContainer();
  doos.setAttribute("role", "application");
  doos.setAttribute("aria-busy", "true");
  doos.setAttribute(
    "aria-label",
    "Kaart. Pijltjes verschuiven, plus en min gaan dichterbij en verder weg, Enter opent wat in het midden ligt.",
  );
}

async function toonStippen(kaart, laag) {
  const { feed } = document.getElementById("kaart-feed").dataset;
  const gegevens = await haal(feed).catch(() => haal(vlak.dataset.anders)); // an old page: its file is gone
  const toon = () => {
    laag.toon(new Plekken(gegevens, gevraagd()));
    kaart.fire("stippen");
  };
  toon();
  volgHetAntwoord(toon);
  kaart.getContainer().setAttribute("aria-busy", "false");
}

async function begin(kaart) {
  maakKlaar(kaart);
  volgBallon(kaart);
  const spelden = L.layerGroup().addTo(kaart);
  const hier = L.layerGroup().addTo(kaart);
  addEventListener("kaart:maat", () => {
    kaart.invalidateSize();
    kiesBeeld(kaart, spelden, hier);
  }, { once: true });
  await adem();
  const prik = () => {
    prikSpelden(spelden);
    kiesBeeld(kaart, spelden, hier);
  };
  prik();
  volgHetAntwoord(prik);
  const laag = legStippen(kaart);
  biedStratenAan(kaart, vlak.dataset.straten);
  toonStippen(kaart, laag);
  const gegevens = await haal(vlak.dataset.ondergrond);
  tekenOndergrond(kaart, gegevens);
  await adem();
  schrijfNamen(kaart, gegevens, spelden, laag);
}

addEventListener("map:init", ({ detail }) => begin(detail.map));
