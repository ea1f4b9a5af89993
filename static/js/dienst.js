// The service worker: what has to be there without a network. It keeps the pieces of one page and the public directory,
// each under an address that is on its list, and nothing of any other page: what staff see never comes in here.

const { versie, schil, bladzijde, wijzer } = self.DIENST; // written by kaart/views/app.py
const SCHIL = `schil-${versie}`;
const GIDS = "gids";
const OPENBAAR = /^\/(kaart\/(?:lijstje\/(?:naast-elkaar\/)?|hulp\/|dekking\/|open-data\/)?|initiatieven\/(?:[\w-]+\/)?)?$/;
const ZOEK = "/kaart/";
const VERS = 3600000; // ms after which is looked for a newer directory

const zonderKoekje = (adres) => new Request(adres, { credentials: "omit", cache: "no-cache" });

/** Fetch the newest directory, when it is another one than we have. */
async function haalGids() {
  const { gids } = await (await fetch(zonderKoekje(wijzer))).json();
  const kast = await caches.open(GIDS);
  if (!gids || (await kast.match(gids))) return;
  const oude = await kast.keys();
  await kast.add(gids);
  await Promise.all(oude.map((oud) => kast.delete(oud)));
}

let gekeken = 0;

/** Now and then, and never in the way of a page. */
async function kijkOfErEenNieuweIs() {
  if (Date.now() - gekeken < VERS) return;
  gekeken = Date.now();
  await haalGids().catch(() => {
    gekeken = 0;
  });
}

async function richtIn() {
  const kast = await caches.open(SCHIL);
  await kast.addAll([...schil, bladzijde].map(zonderKoekje));
  await kijkOfErEenNieuweIs();
  await self.skipWaiting();
}

async function ruimOp() {
  const namen = await caches.keys();
  await Promise.all(namen.filter((naam) => naam !== SCHIL && naam !== GIDS).map((naam) => caches.delete(naam)));
}

self.addEventListener("install", (gebeurtenis) => gebeurtenis.waitUntil(richtIn()));
self.addEventListener("activate", (gebeurtenis) => gebeurtenis.waitUntil(ruimOp()));

/** A search that goes by POST gets its address from the server; without a network, from here: it goes no further. */
async function zoek(request) {
  const getypt = request.clone().formData();
  return fetch(request).catch(async () => Response.redirect(`${ZOEK}?${new URLSearchParams(await getypt)}`, 303));
}

self.addEventListener("fetch", (gebeurtenis) => {
  const { request } = gebeurtenis;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && request.mode === "navigate" && pathname === ZOEK) gebeurtenis.respondWith(zoek(request));
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (!OPENBAAR.test(pathname)) return;
    gebeurtenis.respondWith(fetch(request).catch(() => caches.match(bladzijde)));
    gebeurtenis.waitUntil(kijkOfErEenNieuweIs());
  } else if (schil.includes(pathname)) {
    gebeurtenis.respondWith(caches.match(pathname).then((bewaard) => bewaard ?? fetch(request)));
  }
});
