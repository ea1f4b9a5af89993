// A map with streets, from the Kadaster. It comes from another server, that then sees who asks: only after the visitor
// switches it on. This browser remembers the choice.

const SLEUTEL = "kaart-straten";
const EIGEN = ["ondergrond", "namen"];
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

/** Put the switch on the map, and the streets when they were chosen before. */
export function biedStratenAan(kaart, adres) {
  const tegels = L.tileLayer(adres, { minZoom: 6, maxNativeZoom: 19, crossOrigin: false });
  const knop = document.querySelector(".kaart-straten");
  const zet = (aan) => {
    kaart[aan ? "addLayer" : "removeLayer"](tegels);
    kaart.setMaxZoom(aan ? DICHTBIJ.met : DICHTBIJ.zonder);
    for (const naam of EIGEN) kaart.getPane(naam).style.display = aan ? "none" : "";
    knop.setAttribute("aria-pressed", String(aan));
  };
  knop.hidden = false;
  knop.addEventListener("click", () => {
    const aan = knop.getAttribute("aria-pressed") !== "true";
    onthoud(aan);
    zet(aan);
  });
  zet(onthouden());
}
