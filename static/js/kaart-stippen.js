// All public places as dots on one canvas. Which of them stand as one at which zoom was worked out when they were
// published; here they are only counted, filtered and drawn. Read kaart/feed.py for the form of the file.

const TIENDUIZEND = 10000;
const TEGEL = 256; // pixels of the world at zoom 0
const VERSTE = 6;
const DICHTSTE = 12; // closer than that every place stands alone
const RAND = 30; // pixels outside the view where a group still shows
const VINGER = 22; // pixels around a press in which a dot counts as pressed

/** Turn steps from one to the next into the numbers themselves. */
export function optellen(stappen) {
  let som = 0;
  return stappen.map((stap) => (som += stap));
}

/** Whether place `nummer` fits what was asked; `eisen` are pairs of a filter and the bits that were chosen in it. */
function past(gegevens, nummer, { leeftijd, plek, online }, eisen) {
  if (online) return false;
  if (leeftijd !== null && (gegevens.van[nummer] > leeftijd || gegevens.tot[nummer] < leeftijd)) return false;
  if (plek && !(gegevens.vrij[nummer] & (leeftijd === null ? ~0 : 1 << leeftijd))) return false;
  return eisen.every(([{ bits, alle }, gekozen]) => {
    const samen = bits[nummer] & gekozen;
    return alle ? samen === gekozen : samen;
  });
}

/** `{soort: ["tuin"]}` as bits, one for each choice; a filter that the file does not know leaves nothing out. */
function alsBits(filters, gevraagd) {
  return Object.entries(gevraagd)
    .filter(([naam]) => filters[naam])
    .map(([naam, gekozen]) => [
      filters[naam],
      gekozen.reduce((bits, keuze) => bits | (1 << filters[naam].keuzes.indexOf(keuze)), 0),
    ]);
}

/** The places that fit, so that the middle and number of any run of neighbours is one subtraction. */
export class Plekken {
  /** The point of a pin as the file writes it. */
  static sleutel(lat, lon) {
    return `${Math.round((lat - 50) * TIENDUIZEND)} ${Math.round((lon - 3) * TIENDUIZEND)}`;
  }

  constructor(gegevens, vraag) {
    const aantal = gegevens.id.length;
    this.id = optellen(gegevens.id);
    this.ongeveer = gegevens.ongeveer;
    this.zoom = gegevens.zoom;
    this.tel = new Uint32Array(aantal + 1);
    this.x = new Float64Array(aantal + 1);
    this.y = new Float64Array(aantal + 1);
    const lat = optellen(gegevens.lat);
    const lon = optellen(gegevens.lon);
    const alsSpeld = new Set(vraag.spelden); // these stand on the map already, with their number
    const eisen = alsBits(gegevens.filters, vraag.keuzes);
    for (let nummer = 0; nummer < aantal; nummer++) {
      const erbij = past(gegevens, nummer, vraag, eisen) && !alsSpeld.has(`${lat[nummer]} ${lon[nummer]}`) ? 1 : 0;
      const sinus = Math.sin(((50 + lat[nummer] / TIENDUIZEND) * Math.PI) / 180);
      const x = TEGEL * ((3 + lon[nummer] / TIENDUIZEND) / 360 + 0.5);
      const y = TEGEL * (0.5 - Math.log((1 + sinus) / (1 - sinus)) / (4 * Math.PI));
      this.tel[nummer + 1] = this.tel[nummer] + erbij;
      this.x[nummer + 1] = this.x[nummer] + erbij * x;
      this.y[nummer + 1] = this.y[nummer] + erbij * y;
    }
    this.niveaus = new Map();
  }

  /** What stands on the map at this zoom: places and groups of places, in pixels of the world at zoom 0. */
  op(zoom) {
    const niveau = Math.max(VERSTE, Math.floor(zoom));
    if (!this.niveaus.has(niveau)) {
      const lengtes = niveau > DICHTSTE ? this.id.map(() => 1) : this.zoom[niveau];
      let tot = 0;
      const groepen = lengtes.map((lengte) => this.groep(tot, (tot += lengte))).filter((groep) => groep.aantal);
      this.niveaus.set(niveau, groepen);
    }
    return this.niveaus.get(niveau);
  }

  groep(van, tot) {
    const aantal = this.tel[tot] - this.tel[van];
    return { van, tot, aantal, x: (this.x[tot] - this.x[van]) / aantal, y: (this.y[tot] - this.y[van]) / aantal };
  }

  /** The numbers of the places in a group. */
  leden({ van, tot }) {
    const alle = Array.from({ length: tot - van }, (_, stap) => van + stap);
    return alle.filter((nummer) => this.tel[nummer + 1] > this.tel[nummer]);
  }

  isOngeveer(groep) {
    return this.ongeveer[this.leden(groep)[0]] === "1";
  }
}

/** How big a group is drawn: more is bigger, but never so big that it hides its neighbour. */
export const straal = (aantal) => Math.min(12 + 2.5 * Math.log2(aantal), 26);

function teken(pen, plekken, groepen, kleuren) {
  for (const groep of groepen.filter(({ aantal }) => aantal === 1)) {
    const ongeveer = plekken.isOngeveer(groep);
    pen.globalAlpha = ongeveer && !kleuren.gedwongen ? 0.45 : 0.9;
    cirkel(pen, groep.punt, ongeveer ? 8 : 5, kleuren.vlak);
  }
  pen.globalAlpha = 1;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.font = `600 13px ${kleuren.letter}`;
  for (const groep of groepen.filter(({ aantal }) => aantal > 1)) {
    cirkel(pen, groep.punt, straal(groep.aantal), kleuren.licht); // open: a filled circle is a pin with its number
    pen.strokeStyle = kleuren.vlak;
    pen.lineWidth = 3;
    pen.stroke();
    pen.fillStyle = kleuren.vlak;
    pen.fillText(groep.aantal, groep.punt.x, groep.punt.y + 1);
  }
}

function cirkel(pen, { x, y }, r, vulling) {
  pen.beginPath();
  pen.arc(x, y, r, 0, 2 * Math.PI);
  pen.fillStyle = vulling;
  pen.fill();
}

/** A layer of Leaflet that draws the groups in view; `kleuren` is asked again at every drawing. */
export function stippenlaag(kaart, kleuren) {
  const Laag = L.Canvas.extend({
    plekken: null,
    onAdd(map) {
      this.on("update", this._draw, this);
      L.Canvas.prototype.onAdd.call(this, map);
    },
    toon(plekken) {
      this.plekken = plekken;
      this.sleutel = "";
      this._draw();
    },
    /** The groups in view, with where they are on the layer; remembered until the map moves. */
    zichtbaar() {
      if (!this.plekken || !this._bounds) return [];
      const [zoom, nul, { min, max }] = [kaart.getZoom(), kaart.getPixelOrigin(), this._bounds];
      const sleutel = [zoom, nul.x, nul.y, min.x, min.y, max.x, max.y].join();
      if (sleutel === this.sleutel) return this.gezien;
      const schaal = 2 ** zoom;
      this.gezien = [];
      for (const groep of this.plekken.op(zoom)) {
        const [x, y] = [groep.x * schaal - nul.x, groep.y * schaal - nul.y];
        if (x < min.x - RAND || x > max.x + RAND || y < min.y - RAND || y > max.y + RAND) continue;
        this.gezien.push({ ...groep, punt: L.point(x, y) });
      }
      this.sleutel = sleutel;
      return this.gezien;
    },
    _draw() {
      if (!this._bounds || !this.plekken) return;
      const maat = this._bounds.getSize();
      this._ctx.clearRect(this._bounds.min.x, this._bounds.min.y, maat.x, maat.y);
      teken(this._ctx, this.plekken, this.zichtbaar(), kleuren());
    },
    /** The group nearest to a point of the layer, when a finger there would touch it. */
    bij(punt, ruimte = VINGER) {
      const afstand = (groep) => Math.max(groep.punt.distanceTo(punt) - straal(groep.aantal), 0);
      const [beste] = [...this.zichtbaar()].sort((een, ander) => afstand(een) - afstand(ander));
      return beste && afstand(beste) <= ruimte ? beste : null;
    },
  });
  return new Laag({ pane: "stippen", padding: 0.2 }).addTo(kaart);
}
