// A small store of this browser that survives closing it.

const base = 'yifa'
const store = 'outbox'
let opened: Promise<IDBDatabase> | null = null

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((done, fail) => {
    const ask = indexedDB.open(base, 1)
    ask.onupgradeneeded = () => ask.result.createObjectStore(store)
    ask.onsuccess = () => done(ask.result)
    ask.onerror = () => {
      opened = null
      fail(ask.error)
    }
  })
  return opened
}

async function run<T>(mode: IDBTransactionMode, make: (on: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const turn = (await open()).transaction(store, mode)
  const asked = make(turn.objectStore(store))
  // Done only when the whole turn is on the disk.
  return new Promise((done, fail) => {
    turn.oncomplete = () => done(asked.result)
    turn.onerror = turn.onabort = () => fail(turn.error)
  })
}

export const shelf = {
  put: (key: string, value: unknown) => run('readwrite', (on) => on.put(value, key)),
  drop: (key: string) => run('readwrite', (on) => on.delete(key)),
  all: <T>() => run('readonly', (on) => on.getAll() as IDBRequest<T[]>),
}
