/**
 * Of many pages under one another, leave out what stands higher up already: a second look at the same part costs as
 * much as the first. `bekend` are names that an earlier call gave back.
 */
(bekend) => {
  const DELEN = "div, section, form, article, details, fieldset, nav, table, tr, ul, ol, li, dl, p, blockquote";
  const BLIJFT = "[id], div:not(.veld):has([id], h1)"; // another part may point at it, and each page has its heading
  const EIGEN = / (id|for|name|value|href|action|datetime|aria-(?!invalid|hidden)\w+|data-adres)="[^"]*"/g;

  /** A short name for what a part shows, whatever it is called or leads to. */
  function naam(deel) {
    const woord = deel.outerHTML.replace(EIGEN, "").replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, "0");
    let som = 0;
    for (let i = 0; i < woord.length; i++) som = (Math.imul(som, 31) + woord.charCodeAt(i)) | 0;
    return `${som}.${woord.length}`;
  }

  const gezien = new Set(bekend);
  for (const deel of document.querySelectorAll(DELEN)) {
    if (!deel.isConnected || deel.matches(BLIJFT)) continue;
    const zo = naam(deel);
    if (gezien.has(zo)) deel.remove();
    else gezien.add(zo);
  }
  return [...gezien];
}
