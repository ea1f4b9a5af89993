// "Help me zoeken": one question at a time. The answers stay in this tab of the browser until they become a search.

const formulier = document.getElementById("hulp");
const vragen = [...formulier.querySelectorAll("fieldset")];
const klaar = formulier.querySelector("[type='submit']");
const NAAM = "hulp";
let nu = 0;

const stand = document.createElement("p");
stand.className = "zacht";
stand.setAttribute("role", "status");
const terug = Object.assign(document.createElement("button"), { type: "button", textContent: "Vorige vraag" });
const verder = Object.assign(document.createElement("button"), { type: "button", className: "knop", textContent: "Verder" });
formulier.prepend(stand);
klaar.before(terug, verder);

function toon(gaNaar) {
  nu = Math.min(Math.max(gaNaar, 0), vragen.length - 1);
  vragen.forEach((vraag, nummer) => { vraag.hidden = nummer !== nu; });
  stand.textContent = `Vraag ${nu + 1} van ${vragen.length}`;
  terug.hidden = nu === 0;
  verder.hidden = nu === vragen.length - 1;
  klaar.hidden = !verder.hidden;
}

function ga(gaNaar) {
  const veld = vragen[nu].querySelector(":invalid");
  if (veld && gaNaar > nu) return veld.reportValidity();
  toon(gaNaar);
  return vragen[nu].querySelector("input, select").focus();
}
terug.addEventListener("click", () => ga(nu - 1));
verder.addEventListener("click", () => ga(nu + 1));

/** What was answered before comes back after a look at the map; it goes when the tab is closed. */
function onthoud() {
  const antwoorden = [...new FormData(formulier)].filter(([naam]) => naam !== "q");
  try {
    sessionStorage.setItem(NAAM, JSON.stringify(antwoorden));
  } catch {
    // a browser that keeps nothing asks anew
  }
}

function herinner() {
  let antwoorden = [];
  try {
    antwoorden = JSON.parse(sessionStorage.getItem(NAAM) ?? "[]");
  } catch {
    return;
  }
  for (const [naam, waarde] of antwoorden) {
    for (const veld of formulier.querySelectorAll(`[name="${naam}"]`)) {
      if (veld.type === "checkbox" || veld.type === "radio") veld.checked ||= veld.value === waarde;
      else veld.value = waarde;
    }
  }
}

formulier.addEventListener("change", onthoud);
formulier.addEventListener("submit", (gebeurtenis) => {
  if (nu < vragen.length - 1) { // Enter goes on, and sends nothing
    gebeurtenis.preventDefault();
    ga(nu + 1);
    return;
  }
  for (const veld of formulier.querySelectorAll("[name='leeftijd'], [name='samen']")) veld.disabled = veld.value === "";
});
addEventListener("pageshow", () => {
  for (const veld of formulier.querySelectorAll(":disabled")) veld.disabled = false;
});
herinner();
toon(0);
