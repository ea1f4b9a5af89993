// Small comforts for every page; all pages work without them.

/** Close an open menu with Escape, or by pressing somewhere else. */
function sluitMenus(behalve) {
  for (const menu of document.querySelectorAll("details.uitklap[open], details.menu-knop[open]")) {
    if (menu !== behalve) menu.open = false;
  }
}

document.addEventListener("keydown", (gebeurtenis) => {
  if (gebeurtenis.key !== "Escape") return;
  const open = document.querySelector("details.uitklap[open]") ?? document.querySelector("details.menu-knop[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

document.addEventListener("click", (gebeurtenis) => {
  if (!gebeurtenis.target.closest(".site-kop")) sluitMenus(null);
});

/** Put the cursor where something is asked of the visitor: on the summary, or else in the field itself. */
function naarEersteFout() {
  (document.querySelector("main [autofocus]") ?? document.querySelector("main [aria-invalid='true']"))?.focus();
}

naarEersteFout();
// A form that was sent after "Naar de inhoud" keeps that part of the address, and the browser goes there in the end.
addEventListener("load", () => {
  if (location.hash === `#${document.activeElement.id}`) naarEersteFout();
});

/** Of a postcode only the four digits leave this device: no letters, no street and no number of a house. Of a street
    without one the number of the house stays here. */
function houdDeCijfers({ target }) {
  const veld = target.matches("[autocomplete='postal-code']") ? target : target.querySelector("[autocomplete='postal-code']");
  const code = veld?.value.match(/(?:^|\D)([1-9]\d{3})(?!\d)/);
  if (code) veld.value = code[1];
  else if (veld) veld.value = veld.value.replace(/(\S)(?:[\s,]+[^\s,]*\d[^\s,]*(?:\s[a-z](?![\p{L}\d_]))?)+/giu, "$1");
}

/** Whether where somebody looks may hold a street: more than one word, that does not stand in the address already. */
function kanEenStraatZijn(formulier) {
  const veld = formulier.querySelector("[autocomplete='postal-code']");
  const waar = veld?.value.trim() ?? "";
  return /[\s,]/.test(waar) && waar !== new URLSearchParams(location.search).get(veld.name);
}

/** A search goes by POST, so that a browser without this script puts nothing that is typed in an address. Here it asks
    for the address itself, unless a full postcode or perhaps a street is still in it: then the server takes that out. */
function vraagHetAdres({ target }) {
  const formulier = target.form ?? target;
  if (!formulier.matches("[data-zoek]")) return;
  const getypt = [...new FormData(formulier).values()].join("\n").normalize("NFKD");
  const heeftHuis = /[1-9]\d{3}[^\da-z]*[a-z]{2}(?![a-z])/i.test(getypt);
  formulier.method = heeftHuis || kanEenStraatZijn(formulier) ? "post" : "get";
}

/** What was sent is not sent again by a second press of the same button: it would be done twice. After a few seconds it
    may, for who stayed on the page because it gave a file, or nothing. */
const verstuurd = new WeakSet();

function eenKeer(gebeurtenis) {
  const formulier = gebeurtenis.target;
  const knop = gebeurtenis.submitter ?? formulier;
  if (gebeurtenis.defaultPrevented || formulier.method !== "post" || formulier.matches("[data-zoek]")) return;
  if (verstuurd.has(knop)) gebeurtenis.preventDefault();
  verstuurd.add(knop);
  setTimeout(() => verstuurd.delete(knop), 5000);
}

document.addEventListener("submit", eenKeer);
for (const soort of ["change", "submit"]) {
  document.addEventListener(soort, houdDeCijfers, { capture: true });
  document.addEventListener(soort, vraagHetAdres, { capture: true }); // of what is left by then
}
