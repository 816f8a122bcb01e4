// Keeps what a form needs, so that it can be filled without a network: the pages themselves, the catalog, the
// names of places. Nothing of a record is ever kept here; what waits to be sent is the outbox's, in the page.

const pages = 'yifa-pages-1'
const words = 'yifa-words-1'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => {
  const keep = [pages, words]
  const clear = async () => {
    for (const name of await caches.keys()) if (!keep.includes(name)) await caches.delete(name)
    await self.clients.claim()
  }
  event.waitUntil(clear())
})

/** Hashed names never change: what is there is right. */
async function first(request) {
  const cache = await caches.open(pages)
  const kept = await cache.match(request)
  if (kept) return kept
  const fresh = await fetch(request)
  if (fresh.ok) await cache.put(request, fresh.clone())
  return fresh
}

/** The network's answer, and the last one known where there is no network. */
async function last(request, name, key = request) {
  const cache = await caches.open(name)
  try {
    const fresh = await fetch(request)
    if (fresh.ok) await cache.put(key, fresh.clone())
    return fresh
  } catch (lost) {
    const kept = await cache.match(key)
    if (kept) return kept
    throw lost
  }
}

const known = ['/api/v1/catalog', '/api/v1/session', '/api/v1/orgs']

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname.startsWith('/assets/')) event.respondWith(first(request))
  else if (request.mode === 'navigate' && !/^\/(public|api|healthz|metrics)(\/|$)/.test(url.pathname))
    event.respondWith(last(request, pages, '/'))
  else if (known.includes(url.pathname)) event.respondWith(last(request, words))
})

// Whoever signs out leaves nothing behind.
self.addEventListener('message', (event) => {
  if (event.data === 'forget') event.waitUntil(caches.delete(words))
})
