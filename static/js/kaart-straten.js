// A map with streets, from the Kadaster. It comes from another server, that then sees who asks: only after the visitor
// switches it on. This browser remembers the choice.

const SLEUTEL = "kaart-straten";
const NIET = "De straten komen nu niet door. Onze eigen kaart blijft staan.";
const DICHTBIJ = { zonder: 13, met: 16 }; // greatest zoom

/** What the browser remembers; without storage (a private window) nothing. */
function onthouden() {
  try {
    return localStorage.getItem(SLEUTEL) === "aan";
  } catch {
    return false;
  }
}

function onthoud(aan) {
  try {
    if (aan) localStorage.setItem(SLEUTEL, "aan");
    else localStorage.removeItem(SLEUTEL);
  } catch {
    // the choice holds for this page
  }
}

/** Put the switch on the map, and the streets when they were chosen before. Below them our own map stays. */
export function biedStratenAan(kaart, adres) {
  const tegels = L.tileLayer(adres, { minZoom: 6, maxNativeZoom: 19, crossOrigin: false });
  const knop = document.querySelector(".kaart-straten");
  const melding = document.getElementById("straten-melding");
  const zeg = (zin) => {
    if (melding.textContent !== zin) melding.textContent = zin; // the same again would be read out again
  };
  const toonNamen = (aan) => {
    kaart.getPane("namen").style.display = aan ? "" : "none"; // the streets bring their own
  };
  const zet = (aan) => {
    toonNamen(true);
    zeg("");
    kaart[aan ? "addLayer" : "removeLayer"](tegels);
    kaart.setMaxZoom(aan ? DICHTBIJ.met : DICHTBIJ.zonder);
    knop.setAttribute("aria-pressed", String(aan));
  };
  let isGelukt = true;
  tegels.on({
    loading() {
      isGelukt = true;
    },
    tileerror() {
      isGelukt = false;
      zeg(NIET);
      toonNamen(true);
    },
    load() {
      if (isGelukt) zeg("");
      toonNamen(!isGelukt);
    },
  });
  knop.hidden = false;
  knop.addEventListener("click", () => {
    const aan = knop.getAttribute("aria-pressed") !== "true";
    onthoud(aan);
    zet(aan);
  });
  zet(onthouden());
}
