// The map page. Without this script the list and a drawing are there; with it, a map that moves.

const vlak = document.getElementById("kaart");
const openKnop = document.querySelector(".kaart-open");
const sluitKnop = document.querySelector(".kaart-sluit");
const bureau = matchMedia("(min-width: 60rem)");

function laadScript(adres) {
  return new Promise((klaar, fout) => {
    const script = document.createElement("script");
    script.src = adres;
    script.addEventListener("load", klaar);
    script.addEventListener("error", fout);
    document.head.append(script);
  });
}

function laadStijl(adres) {
  return new Promise((klaar) => {
    const stijl = document.createElement("link");
    stijl.rel = "stylesheet";
    stijl.href = adres;
    stijl.addEventListener("load", klaar);
    stijl.addEventListener("error", klaar);
    document.head.prepend(stijl);
  });
}

/** Begin a new task, so that what the visitor does can come in between. */
const adem = () => new Promise((klaar) => setTimeout(klaar));

let geladen;

/** Fetch Leaflet once, the first time the map is wanted. The drawing stays when that fails. */
function laadKaart() {
  geladen ??= (async () => {
    const { stijl, leaflet, extra, module } = vlak.dataset;
    await Promise.all([laadStijl(stijl), laadScript(leaflet), import(module)]);
    await laadScript(extra);
    await adem();
    document.getElementById("plattegrond").hidden = false;
    vlak.classList.add("beweegt"); // the drawing is then only for paper
    dispatchEvent(new Event("kaart:laad"));
  })();
  return geladen;
}

function laatRusten(rust) {
  for (const deel of document.querySelectorAll("body > :not(main), main > :not(#kaart)")) deel.inert = rust;
}

/** On a phone the map is a sheet over the page: the rest rests until it is closed. The sheet itself comes first. */
async function zetVel(open) {
  vlak.classList.toggle("open", open);
  if (!open) laatRusten(false);
  (open ? sluitKnop : openKnop).focus();
  if (!open) return;
  await adem();
  laatRusten(vlak.classList.contains("open")); // it may be closed again by now
  await laadKaart();
  await adem();
  dispatchEvent(new Event("kaart:maat"));
}

openKnop.hidden = false;
sluitKnop.hidden = false;
document.documentElement.classList.add("met-kaart");
openKnop.addEventListener("click", () => zetVel(true));
sluitKnop.addEventListener("click", () => zetVel(false));
addEventListener("keydown", (gebeurtenis) => {
  if (gebeurtenis.key === "Escape" && vlak.classList.contains("open")) zetVel(false);
});

/** When there is nothing else to do. A browser that is never idle, or has nothing to draw, waits two seconds at most. */
function zodraHetKan(wat) {
  window.requestIdleCallback?.(wat, { timeout: 2000 }) ?? setTimeout(wat);
}

function bijBureau() {
  if (!bureau.matches) return;
  if (vlak.classList.contains("open")) zetVel(false);
  zodraHetKan(laadKaart);
}
bureau.addEventListener("change", bijBureau);
bijBureau();

/** Keep the directory on this device, for where there is no network; not for who asked to be spared data. */
if ("serviceWorker" in navigator && !navigator.connection?.saveData) {
  addEventListener("load", () => zodraHetKan(() => navigator.serviceWorker.register("/dienst.js")));
}
