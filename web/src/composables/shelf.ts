// A small store of this browser that survives closing it: what waits to be sent, and the keys it is sealed with.

const base = 'yifa'
export type Drawer = 'outbox' | 'keys'
let opened: Promise<IDBDatabase> | null = null

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((done, fail) => {
    const ask = indexedDB.open(base, 2)
    ask.onupgradeneeded = () => {
      for (const old of [...ask.result.objectStoreNames]) ask.result.deleteObjectStore(old)
      ask.result.createObjectStore('outbox')
      ask.result.createObjectStore('keys')
    }
    ask.onsuccess = () => done(ask.result)
    ask.onerror = () => {
      opened = null
      fail(ask.error)
    }
  })
  return opened
}

async function run<T>(
  drawer: Drawer,
  mode: IDBTransactionMode,
  make: (on: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const turn = (await open()).transaction(drawer, mode)
  const asked = make(turn.objectStore(drawer))
  // Done only when the whole turn is on the disk.
  return new Promise((done, fail) => {
    turn.oncomplete = () => done(asked.result)
    turn.onerror = turn.onabort = () => fail(turn.error)
  })
}

export const shelf = {
  put: (drawer: Drawer, key: string, value: unknown) => run(drawer, 'readwrite', (on) => on.put(value, key)),
  /** Puts it only where nothing lies: of two windows that put at once, one wins. */
  add: (drawer: Drawer, key: string, value: unknown) => run(drawer, 'readwrite', (on) => on.add(value, key)),
  get: <T>(drawer: Drawer, key: string) =>
    run(drawer, 'readonly', (on) => on.get(key) as IDBRequest<T | undefined>),
  drop: (drawer: Drawer, key: string) => run(drawer, 'readwrite', (on) => on.delete(key)),
  all: <T>(drawer: Drawer) => run(drawer, 'readonly', (on) => on.getAll() as IDBRequest<T[]>),
}
