// Draws the map with Leaflet: our own outline, all places as quiet dots, the places of the list as numbered pins.

const vlak = document.getElementById("kaart");
const rijen = [...document.querySelectorAll(".kaart-plekken > li")];
const kleur = (naam) => getComputedStyle(document.documentElement).getPropertyValue(`--${naam}`).trim();
const donker = matchMedia("(prefers-color-scheme: dark)");
const TIENDUIZEND = 10000;
const PLEK_VRIJ = 1;
const ONGEVEER = 2;

const haal = async (adres) => (await fetch(adres)).json();

function tekenOndergrond(kaart, gegevens) {
  const vorm = (feature) =>
    feature.properties.soort === "buur"
      ? { stroke: false, fillColor: kleur("landing"), fillOpacity: 1 }
      : { color: kleur("lijn"), weight: 1, fillColor: kleur("kaart-vlak"), fillOpacity: 1 };
  const laag = L.geoJSON(gegevens, {
    filter: (feature) => feature.properties.soort,
    interactive: false,
    pane: "ondergrond",
    renderer: L.canvas({ pane: "ondergrond", padding: 0.3 }),
    style: vorm,
  }).addTo(kaart);
  donker.addEventListener("change", () => laag.setStyle(vorm));
}

/** Names of places: the larger first, more of them the closer you look, and never one over another. */
function schrijfNamen(kaart, gegevens, spelden) {
  const namen = gegevens.features
    .filter((feature) => feature.properties.naam)
    .map(({ properties, geometry }) => ({
      breedte: properties.naam.length * 9 + 16,
      vanaf: 10 - Math.log2(properties.postcodes),
      speld: L.marker([geometry.coordinates[1], geometry.coordinates[0]], {
        icon: L.divIcon({ className: "kaart-naam", html: woord(properties.naam), iconSize: [0, 0] }),
        interactive: false,
        keyboard: false,
        pane: "namen",
      }),
    }));
  const ververs = () => {
    const bezet = spelden.map((speld) => doos(kaart, speld, 40, 36));
    const beeld = kaart.getBounds();
    for (const { breedte, vanaf, speld } of namen) {
      const eigen = doos(kaart, speld, breedte, 22);
      const toon =
        kaart.getZoom() >= vanaf && beeld.contains(speld.getLatLng()) && !bezet.some((ander) => ander.overlaps(eigen));
      if (toon) bezet.push(eigen);
      if (toon !== kaart.hasLayer(speld)) kaart[toon ? "addLayer" : "removeLayer"](speld);
    }
  };
  kaart.on("moveend", ververs);
  ververs();
}

function woord(tekst) {
  const element = document.createElement("span");
  element.textContent = tekst;
  return element;
}

function doos(kaart, speld, breedte, hoogte) {
  const midden = kaart.latLngToContainerPoint(speld.getLatLng());
  const half = L.point(breedte / 2, hoogte / 2);
  return L.bounds(midden.subtract(half), midden.add(half));
}

function past(gegevens, nummer) {
  const { leeftijd, plek } = vlak.dataset;
  if (leeftijd && (gegevens.van[nummer] > leeftijd || gegevens.tot[nummer] < leeftijd)) return false;
  return !plek || Number(gegevens.hoe[nummer]) & PLEK_VRIJ;
}

async function toonPlek(kaart, punt, id) {
  const antwoord = await fetch(`/kaart/plek/${id}/`);
  if (antwoord.ok) L.popup({ minWidth: 220 }).setLatLng(punt).setContent(await antwoord.text()).openOn(kaart);
}

/** Every public place that fits the filters, as a dot on one canvas; one at someone's home is wide and pale. */
function strooiStippen(kaart, gegevens) {
  const renderer = L.canvas({ pane: "stippen", padding: 0.3, tolerance: 8 });
  let id = 0;
  gegevens.id.forEach((stap, nummer) => {
    id += stap;
    if (!past(gegevens, nummer)) return;
    const punt = [50 + gegevens.lat[nummer] / TIENDUIZEND, 3 + gegevens.lon[nummer] / TIENDUIZEND];
    const isOngeveer = Number(gegevens.hoe[nummer]) & ONGEVEER;
    const eigenId = id;
    L.circleMarker(punt, {
      renderer,
      pane: "stippen",
      radius: isOngeveer ? 8 : 5,
      stroke: false,
      fillColor: kleur("mos"),
      fillOpacity: isOngeveer ? 0.45 : 0.8,
    })
      .on("click", () => toonPlek(kaart, punt, eigenId))
      .addTo(kaart);
  });
}

function ballon(rij) {
  const inhoud = document.createElement("div");
  inhoud.append(...[...rij.children].map((deel) => deel.cloneNode(true)));
  return inhoud;
}

/** A pin per row; pointing at the one shows the other. */
function prikSpelden(kaart) {
  return rijen.map((rij) => {
    const speld = L.marker([rij.dataset.lat, rij.dataset.lon], {
      icon: L.divIcon({ className: "kaart-speld", html: String(rij.value), iconSize: [44, 44] }),
      alt: `${rij.value}: ${rij.querySelector("a").textContent}`,
      riseOnHover: true,
    }).addTo(kaart);
    speld.bindPopup(() => ballon(rij), { minWidth: 220 });
    const element = speld.getElement();
    element.setAttribute("aria-label", speld.options.alt);
    const wijs = (aan) => {
      rij.classList.toggle("actief", aan);
      element.classList.toggle("actief", aan);
      speld.setZIndexOffset(aan ? 1000 : 0);
    };
    for (const deel of [rij, element]) {
      for (const soort of ["mouseenter", "focusin"]) deel.addEventListener(soort, () => wijs(true));
      for (const soort of ["mouseleave", "focusout"]) deel.addEventListener(soort, () => wijs(false));
    }
    speld.on("popupopen", () => rij.scrollIntoView({ block: "nearest" }));
    return speld;
  });
}

/** Escape closes an open balloon first; only then the sheet. */
function sluitMetEscape(kaart) {
  let ballon = null;
  kaart.on("popupopen popupclose", ({ type, popup }) => {
    ballon = type === "popupopen" ? popup : null;
  });
  kaart.getContainer().addEventListener("keydown", (gebeurtenis) => {
    if (gebeurtenis.key !== "Escape" || !ballon) return;
    gebeurtenis.stopPropagation();
    kaart.closePopup();
  });
}

function kiesBeeld(kaart, spelden) {
  const { lat, lon, label } = vlak.dataset;
  if (!lat) return kaart.fitBounds([[50.75, 3.3], [53.55, 7.2]], { animate: false });
  L.marker([lat, lon], {
    icon: L.divIcon({ className: "kaart-hier", iconSize: [22, 22] }),
    interactive: false,
    keyboard: false,
    alt: label,
  }).addTo(kaart);
  const alles = L.latLngBounds([[lat, lon], ...spelden.map((speld) => speld.getLatLng())]);
  return kaart.fitBounds(alles, { animate: false, maxZoom: 11, padding: [40, 40] });
}

function begin(kaart) {
  kaart.options.zoomSnap = 0.25;
  kaart.setMaxZoom(13).setMaxBounds([[49.5, 1.5], [54.5, 9]]);
  kaart.zoomControl.remove();
  L.control.zoom({ zoomInTitle: "Dichterbij", zoomOutTitle: "Verder weg" }).addTo(kaart);
  kaart.attributionControl.remove(); // the sources stand below the map, for every visitor
  for (const [naam, hoogte] of [["ondergrond", 200], ["namen", 350], ["stippen", 400]]) {
    kaart.createPane(naam).style.zIndex = hoogte;
  }
  kaart.getPane("namen").style.pointerEvents = "none";
  sluitMetEscape(kaart);
  const spelden = prikSpelden(kaart);
  kiesBeeld(kaart, spelden);
  addEventListener("kaart:maat", () => {
    kaart.invalidateSize();
    kiesBeeld(kaart, spelden);
  }, { once: true });
  haal(vlak.dataset.ondergrond).then((gegevens) => {
    tekenOndergrond(kaart, gegevens);
    schrijfNamen(kaart, gegevens, spelden);
  });
  haal(vlak.dataset.feed).then((gegevens) => strooiStippen(kaart, gegevens));
}

addEventListener("map:init", ({ detail }) => begin(detail.map));
