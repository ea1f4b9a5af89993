// The search form: a filter answers at once. Without it everything works through the button.

const formulier = document.querySelector(".kaart-zoek");
const bijMij = document.getElementById("bij-mij");

/** What is empty stays out of the address. */
function adres() {
  const gegevens = new FormData(formulier);
  if (gegevens.get("q") !== "") gegevens.delete("bij");
  else if (gegevens.has("bij")) gegevens.delete("q");
  if (gegevens.get("leeftijd") === "") gegevens.delete("leeftijd");
  return `${formulier.action}?${new URLSearchParams(gegevens)}`;
}

const isVoorDeServer = () => formulier.method === "post"; // `basis.js` saw what may not stand in an address

formulier.addEventListener("submit", (gebeurtenis) => {
  if (isVoorDeServer()) return;
  gebeurtenis.preventDefault();
  location.assign(adres());
});

let laatste = 0;

/** Put the new counts beside the choices and the new answer below them; the focus stays where it is. */
function neemOver(pagina) {
  for (const soort of [".keuze > span", "#id_straal > option"]) {
    const nieuw = pagina.querySelectorAll(`.kaart-zoek ${soort}`);
    formulier.querySelectorAll(soort).forEach((deel, nummer) => deel.replaceChildren(...nieuw[nummer].childNodes));
  }
  const [oud, nieuw] = [document, pagina].map((ander) => ander.querySelector(".kaart-antwoord"));
  const [zin, nieuweZin] = [oud, nieuw].map((deel) => deel.querySelector(":scope > [role='status']"));
  const delen = [...nieuw.childNodes];
  const plek = delen.indexOf(nieuweZin);
  for (const deel of [...oud.childNodes]) if (deel !== zin) deel.remove();
  zin.before(...delen.slice(0, plek)); // the live region itself stays, so that a screen reader says what changed
  zin.after(...delen.slice(plek + 1));
  zin.replaceChildren(...nieuweZin.childNodes);
  document.querySelector(".kaart-tekening").replaceWith(pagina.querySelector(".kaart-tekening"));
  dispatchEvent(new CustomEvent("kaart:antwoord", { detail: pagina.getElementById("kaart").dataset }));
}

async function zoek() {
  const beurt = ++laatste;
  const antwoord = isVoorDeServer()
    ? await fetch(formulier.action, { method: "POST", body: new URLSearchParams(new FormData(formulier)) })
    : await fetch(adres());
  const pagina = new DOMParser().parseFromString(await antwoord.text(), "text/html");
  if (beurt !== laatste) return;
  neemOver(pagina);
  history.replaceState(null, "", antwoord.url);
}

formulier.addEventListener("change", ({ target }) => {
  const { q, bij } = formulier.elements;
  if (target === q || (q.value === "" && !bij) || !target.reportValidity()) return;
  zoek().catch(() => formulier.requestSubmit());
});

/** Where the visitor is, rounded to about a kilometre before anything leaves this device. */
function zoekHier({ coords }) {
  const plek = [coords.latitude, coords.longitude].map((graden) => graden.toFixed(2)).join(",");
  const vraag = new URL(adres());
  vraag.searchParams.delete("q");
  vraag.searchParams.set("bij", plek);
  location.assign(vraag);
}

if (bijMij && !navigator.geolocation) bijMij.hidden = true;
else if (bijMij) {
  bijMij.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(zoekHier, () => {
      const zin = document.createElement("span");
      zin.textContent = "Je telefoon of computer zegt niet waar je bent. Typ je postcode of plaats.";
      zin.tabIndex = -1;
      bijMij.replaceWith(zin);
      zin.focus(); // it had the focus, and so it is read out
    }, { maximumAge: 600000, timeout: 10000 });
  });
}
