// What a test looks for in a page as it stands now, by the rules of axe-core.

const gezien = new Set();

/** A word for how text stands out in `element`: its colours and those under it. What floats stands out in its own way. */
function wijze(element, woorden) {
  if (!element) return "";
  if (!woorden.has(element)) {
    const stijl = getComputedStyle(element);
    const los = stijl.position !== "static" && element !== document.body;
    const eigen = [stijl.color, stijl.fontSize, stijl.fontWeight, stijl.textDecorationLine, stijl.opacity];
    eigen.push(stijl.backgroundColor, stijl.backgroundImage, los ? woorden.size : "");
    woorden.set(element, `${eigen.join()} op ${wijze(element.parentElement, woorden)}`);
  }
  return woorden.get(element);
}

/** One visible element with text for each way that was not looked at before on this page in this scheme. */
function nieuw(schema) {
  const woorden = new Map();
  const heeftTekst = (element) =>
    element.matches("input, select, textarea") ||
    [...element.childNodes].some((knoop) => knoop.nodeType === Node.TEXT_NODE && knoop.data.trim());
  return [...document.body.querySelectorAll("*")].filter((element) => {
    if (!heeftTekst(element) || !element.checkVisibility()) return false;
    const woord = `${schema}: ${wijze(element, woorden)}`;
    return !gezien.has(woord) && gezien.add(woord);
  });
}

/** Whether text is cut off: it is wider than its box, and what sticks out is not shown. Hidden on purpose does not count. */
function isAfgekapt(element) {
  if (element.scrollWidth <= element.clientWidth + 1 || !element.innerText?.trim()) return false;
  const stijl = getComputedStyle(element);
  return ["hidden", "clip"].includes(stijl.overflowX) && stijl.clipPath === "none" && element.checkVisibility();
}

/** Findings as [rule, the elements it is about]; `regels` may be null, when only colours can have changed. */
window.kijk = async (regels, kleuren, schema) => {
  const gekleurd = nieuw(schema);
  const uitkomsten = regels ? [await axe.run(regels)] : [];
  if (gekleurd.length) uitkomsten.push(await axe.run({ include: gekleurd }, kleuren));
  const gevonden = uitkomsten
    .flatMap((uitkomst) => uitkomst.violations)
    .map((regel) => [regel.id, regel.nodes.map((plek) => plek.html)]);
  if (innerWidth < 400) {
    const kort = [...document.body.querySelectorAll("*")].filter(isAfgekapt).map((element) => element.outerHTML);
    if (kort.length) gevonden.push(["afgekapt", kort]);
  }
  const teBreed = document.documentElement.scrollWidth - innerWidth;
  return teBreed > 0 ? [...gevonden, ["te breed", teBreed]] : gevonden;
};
