// Drag a draft to a day: it fills in the date field beside the draft, and sends that form. Without a script the form is there.

const SOORT = "text/x-bijeenkomst";
let gesleept = null;

for (const uitleg of document.querySelectorAll(".met-script")) uitleg.hidden = false;

for (const concept of document.querySelectorAll("li[draggable]")) {
  concept.addEventListener("dragstart", (gebeurtenis) => {
    gesleept = concept;
    gebeurtenis.dataTransfer.setData(SOORT, concept.id);
    gebeurtenis.dataTransfer.effectAllowed = "move";
  });
  concept.addEventListener("dragend", () => {
    gesleept = null;
  });
}

for (const vakje of document.querySelectorAll("td[data-dag]")) {
  vakje.addEventListener("dragover", (gebeurtenis) => {
    if (gesleept) gebeurtenis.preventDefault();
  });
  vakje.addEventListener("drop", (gebeurtenis) => {
    if (!gesleept) return;
    gebeurtenis.preventDefault();
    const veld = gesleept.querySelector("input[name=datum]");
    veld.value = vakje.dataset.dag;
    veld.form.requestSubmit();
  });
}
