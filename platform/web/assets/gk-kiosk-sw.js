// While we cannot be reached, a machine shows the page it has kept for that; everything else it asks anew.
"use strict";
var SCOPE = new URL(self.registration.scope).pathname;
var PAGE = SCOPE + "/lixian";
var KEPT = "gk-kiosk";
function keep() {
  return caches.open(KEPT).then(function (cache) {
    return fetch(PAGE, { cache: "no-store" }).then(function (page) {
      if (!page.ok) throw new Error("offline page");
      var copy = page.clone();
      return page.text().then(function (text) {
        var files = (text.match(/"\/assets\/[^"]+"/g) || []).map(function (one) { return one.slice(1, -1); });
        return Promise.all([cache.put(PAGE, copy), cache.addAll(files)]);
      });
    });
  });
}
self.addEventListener("install", function (event) { self.skipWaiting(); event.waitUntil(keep()); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });
self.addEventListener("fetch", function (event) {
  var request = event.request, path = new URL(request.url).pathname;
  var own = path === SCOPE || path.indexOf(SCOPE + "/") === 0;
  if (request.mode === "navigate" && own) {
    event.respondWith(fetch(request).catch(function () { return caches.match(PAGE); }));
  } else if (request.method === "GET" && path.indexOf("/assets/") === 0) {
    event.respondWith(fetch(request).catch(function () { return caches.match(request); }));
  }
});
