// What a test looks for in a page as it stands now, by the rules of axe-core.

const gezien = new Set();

/** A word for how `element` itself is painted: what it brings to everything in it, and to what lies under or over it. */
function verf(element) {
  const stijl = getComputedStyle(element);
  const plaats = [stijl.position, stijl.zIndex, stijl.opacity, stijl.filter, stijl.mixBlendMode];
  const beeld = element.matches("img, svg, canvas, video, iframe, object") ? element.localName : "";
  return [...plaats, stijl.backgroundColor, stijl.backgroundImage, beeld].join();
}

/** A word for the colours of `element` and of all it stands in. */
function wijze(element, verven, woorden) {
  if (!element) return "";
  if (!woorden.has(element)) {
    const stijl = getComputedStyle(element);
    const eigen = [stijl.color, stijl.fontSize, stijl.fontWeight, stijl.textDecorationLine, stijl.textShadow];
    eigen.push(stijl.borderBottomWidth, stijl.borderBottomStyle, verven.get(element));
    woorden.set(element, `${eigen.join()} op ${wijze(element.parentElement, verven, woorden)}`);
  }
  return woorden.get(element);
}

/** Everything that covers what lies under it, as [element, its box, its word]. */
function vlakken(verven) {
  return [...verven]
    .filter(([, woord]) => !woord.endsWith(",rgba(0, 0, 0, 0),none,"))
    .map(([element, woord]) => [element, element.getBoundingClientRect(), woord])
    .filter(([, vak]) => vak.width && vak.height);
}

/** A word for what really lies under or over the box of `element`, also where it sticks out of what it stands in. */
function ligging(element, bedekkers) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const geraakt = bedekkers.flatMap(([ander, vak, woord]) => {
    if (vak.left >= right - 1 || vak.right <= left + 1 || vak.top >= bottom - 1 || vak.bottom <= top + 1) return [];
    const geheel = vak.left <= left + 1 && vak.right >= right - 1 && vak.top <= top + 1 && vak.bottom >= bottom - 1;
    return [`${geheel ? "geheel" : "deels"} ${ander.contains(element) ? "in" : "bij"} ${woord}`];
  });
  const weg = right < 0 || bottom + scrollY < 0 || right - left < 2 || bottom - top < 2;
  return [weg ? "buiten beeld" : "", ...new Set(geraakt)].join("; ");
}

/** What the rule passes over for another reason than its colour: that may not speak for what it does look at. */
function soort(element, tekst) {
  const veld = element.closest("label")?.control ?? element;
  const uit = veld.matches(":disabled") || element.closest("[aria-disabled=true], :disabled");
  return [element.localName, uit ? "uit" : "", Math.min(tekst.length, 2)].join();
}

/** A short name for a long word. */
function kort(woord) {
  let [een, ander] = [0x811c9dc5, 0x1b873593];
  for (const teken of woord) {
    een = Math.imul(een ^ teken.codePointAt(0), 0x01000193);
    ander = Math.imul(ander ^ een, 0x85ebca6b) ^ (ander >>> 13);
  }
  return `${(een >>> 0).toString(36)}.${(ander >>> 0).toString(36)}`;
}

/** One visible element with text for each way to stand out that was not looked at before, by the name of that way. */
function nieuw(schema) {
  const verven = new Map([...document.querySelectorAll("*")].map((element) => [element, verf(element)]));
  const bedekkers = vlakken(verven);
  const woorden = new Map();
  const gevonden = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    const eigen = [...element.childNodes].filter((knoop) => knoop.nodeType === Node.TEXT_NODE);
    const tekst = eigen.map((knoop) => knoop.data.trim()).join("");
    if (!tekst && !element.matches("input, select, textarea")) continue;
    if (!element.checkVisibility()) continue;
    const woord = [schema, soort(element, tekst), wijze(element, verven, woorden), ligging(element, bedekkers)];
    const naam = kort(woord.join(": "));
    if (!gezien.has(naam)) gevonden.set(naam, element);
    gezien.add(naam);
  }
  return gevonden;
}

/** Whether text is cut off: it is wider than its box, and what sticks out is not shown. Hidden on purpose does not count. */
function isAfgekapt(element) {
  if (element.scrollWidth <= element.clientWidth + 1 || !element.innerText?.trim()) return false;
  const stijl = getComputedStyle(element);
  return ["hidden", "clip"].includes(stijl.overflowX) && stijl.clipPath === "none" && element.checkVisibility();
}

/** Findings as [rule, the elements it is about], and the names of the ways to stand out that turned out well. */
window.kijk = async (regels, kleuren, schema) => {
  const gekleurd = nieuw(schema);
  const uitkomsten = [await axe.run(regels)];
  if (gekleurd.size) uitkomsten.push(await axe.run({ include: [...gekleurd.values()] }, kleuren));
  const gevonden = uitkomsten
    .flatMap((uitkomst) => uitkomst.violations)
    .map((regel) => [regel.id, regel.nodes.map((plek) => plek.html)]);
  const goed = gekleurd.size && !uitkomsten[1].violations.length ? [...gekleurd.keys()] : [];
  return [[...gevonden, ...kijk.maat()], goed];
};

/** What is cut off or sticks out; this alone is a quick look. */
window.kijk.maat = () => {
  const teBreed = document.documentElement.scrollWidth - innerWidth;
  const korter = innerWidth < 400 ? [...document.body.querySelectorAll("*")].filter(isAfgekapt) : [];
  const gevonden = korter.length ? [["afgekapt", korter.map((element) => element.outerHTML)]] : [];
  return teBreed > 0 ? [...gevonden, ["te breed", teBreed]] : gevonden;
};

/** The ways that turned out well on an earlier page need no second look. */
window.kijk.ken = (namen) => namen.forEach((naam) => gezien.add(naam));

true; // what ends in a function would be called by Playwright at once
