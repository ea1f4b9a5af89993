// Nothing typed gets lost: what stands in the text field stays on this device until the server has it.

const NIET_GELUKT = "Bewaren lukt nu even niet. Je tekst blijft op dit apparaat staan. Probeer het zo nog eens.";
const UITGELOGD = "Je bent uitgelogd. Je tekst blijft op dit apparaat staan. Ververs de bladzijde om weer in te loggen.";
const TERUGGEZET = "Dit schreef je eerder. Het is nog niet bewaard als moment.";

/** Storage may be full or switched off; then the draft on the server is all there is. */
function metOpslag(doe) {
  try {
    return doe(window.localStorage);
  } catch {
    return null;
  }
}

const onthoud = (sleutel, tekst) =>
  metOpslag((opslag) => (tekst.trim() ? opslag.setItem(sleutel, tekst) : opslag.removeItem(sleutel)));
const vergeet = (sleutel) => metOpslag((opslag) => opslag.removeItem(sleutel));

const formVan = (element) => element.closest?.("form[data-bewaar]");
const veldVan = (form) => form.querySelector("textarea");

function meld(tekst) {
  const stand = document.getElementById("concept-stand");
  if (stand) stand.textContent = tekst;
}

/** Put back what this device still has, and send it on as a draft. */
function zetTerug() {
  for (const form of document.querySelectorAll("form[data-bewaar]")) {
    const tekst = metOpslag((opslag) => opslag.getItem(form.dataset.bewaar));
    const veld = veldVan(form);
    if (!tekst || tekst === veld.value) continue;
    veld.value = tekst;
    meld(TERUGGEZET);
    veld.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

document.addEventListener("input", ({ target }) => {
  const form = formVan(target);
  if (form && target === veldVan(form)) onthoud(form.dataset.bewaar, target.value);
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const form = formVan(detail.elt);
  if (form) form.dataset.verstuurd = veldVan(form).value;
});

document.addEventListener("concept-bewaard", ({ target }) => {
  const form = formVan(target);
  if (form && veldVan(form).value === form.dataset.verstuurd) vergeet(form.dataset.bewaar);
});

document.addEventListener("moment-bewaard", ({ target }) => vergeet(formVan(target).dataset.bewaar));

// An answer from another address is the sign-in page: keep it out of this one.
document.addEventListener("htmx:beforeSwap", (gebeurtenis) => {
  const { xhr, pathInfo } = gebeurtenis.detail;
  const antwoord = new URL(xhr.responseURL).pathname;
  if (antwoord === new URL(pathInfo.finalRequestPath, location.href).pathname) return;
  gebeurtenis.detail.shouldSwap = false;
  meld(UITGELOGD);
});
document.addEventListener("htmx:responseError", () => meld(NIET_GELUKT));
document.addEventListener("htmx:sendError", () => meld(NIET_GELUKT));

// After saving, the cursor goes to the first question, or back to the empty field.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id !== "momenten") return;
  (detail.target.querySelector(".fouten, [aria-invalid='true']") ?? veldVan(detail.target)).focus();
});

zetTerug();
