// The shortlist: numbers of places, kept in this browser only. Without this script a place can still be opened,
// shared and printed by its address.

const NAAM = "lijstje";
const MEEST = 30;
const lees = () => {
  try {
    const nummers = JSON.parse(localStorage.getItem(NAAM) ?? "[]");
    return Array.isArray(nummers) ? nummers.filter(Number.isSafeInteger).slice(0, MEEST) : [];
  } catch {
    return []; // somebody else wrote there, or nothing may be kept
  }
};
const bewaar = (nummers) => {
  try {
    localStorage.setItem(NAAM, JSON.stringify(nummers.slice(0, MEEST)));
  } catch {
    // a browser that keeps nothing: the list lives as long as its address
  }
};
const mijn = document.getElementById("mijn-lijstje");
const lijst = document.getElementById("lijstje");
const opLijst = lijst?.dataset.nummers.split(",").filter(Boolean).map(Number) ?? [];

/** The address of my own list, with where I searched from, so that it tells how far. */
function adres(nummers) {
  const q = new URLSearchParams(location.search).get("q"); // not what is being typed: that may be a street
  const vraag = new URLSearchParams({ p: nummers.join(",") });
  if (q) vraag.set("q", q);
  return `/kaart/lijstje/?${vraag}`;
}

function toon() {
  const nummers = lees();
  for (const knop of document.querySelectorAll("[data-bewaar]")) {
    const isBewaard = nummers.includes(Number(knop.dataset.bewaar));
    knop.hidden = false;
    knop.setAttribute("role", "button");
    knop.textContent = isBewaard ? "Bewaard ✓" : "Bewaar";
    knop.ariaLabel = `${knop.textContent} ${knop.ariaLabel.replace(/^Bewaar(d ✓)? /, "")}`;
  }
  if (mijn) {
    mijn.hidden = nummers.length === 0;
    mijn.href = adres(nummers);
    mijn.textContent = `Je lijstje (${nummers.length})`;
  }
}

document.addEventListener("click", (gebeurtenis) => {
  const knop = gebeurtenis.target.closest("[data-bewaar]");
  if (knop) {
    gebeurtenis.preventDefault();
    const nummer = Number(knop.dataset.bewaar);
    const nummers = lees();
    bewaar(nummers.includes(nummer) ? nummers.filter((ander) => ander !== nummer) : [...nummers, nummer]);
    toon();
  }
  const weg = gebeurtenis.target.closest("[data-weg]");
  if (weg) bewaar(lees().filter((nummer) => nummer !== Number(weg.dataset.weg)));
});
document.addEventListener("keydown", (gebeurtenis) => {
  if (gebeurtenis.key !== " " || !gebeurtenis.target.matches("[data-bewaar]")) return;
  gebeurtenis.preventDefault(); // a button answers to the space bar too
  gebeurtenis.target.click();
});
addEventListener("kaart:antwoord", toon);
addEventListener("storage", toon);
addEventListener("pageshow", toon);

function knop(id, doe) {
  const element = document.getElementById(id);
  if (!element || !doe) return;
  element.hidden = false;
  element.addEventListener("click", doe);
}

/** On the page of a list: print and copy it, and take somebody else's list over. */
function bijLijst() {
  const eigen = lees();
  if (opLijst.length === 0) {
    if (eigen.length && !location.search) location.replace(adres(eigen));
    return;
  }
  const gemeld = document.getElementById("gemeld");
  knop("print", () => print());
  knop("kopieer", navigator.clipboard && (async () => {
    await navigator.clipboard.writeText(document.getElementById("deel-link").href);
    gemeld.textContent = "Gekopieerd.";
  }));
  if (opLijst.every((nummer) => eigen.includes(nummer))) return;
  knop("neem-over", ({ target }) => {
    bewaar([...new Set([...eigen, ...opLijst])]);
    target.hidden = true;
    gemeld.textContent = "Bewaard in deze browser.";
  });
}

toon();
if (lijst) bijLijst();
