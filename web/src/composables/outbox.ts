import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { asProblem } from '@/api/problem'
import { addRecord, type NewRecord } from '@/api/records'
import type { Receipt } from '@/api/types'
import { packed, unpacked } from './packing'
import { heldIn, sendHeld, type HeldPaper } from './papers'
import { dropKey, seal, unseal, type Sealed } from './seal'
import { shelf } from './shelf'

/** An entry that waits for the network. Its key is that of the form it came from: sent twice, it is one record. */
export interface Waiting {
  key: string
  ledger: string
  /** What it is, without personal data. */
  title: string
  made: string
  record: NewRecord
  /** Photos and papers that go out before it. */
  papers?: HeldPaper[]
  /** The server refused it; it waits to be mended or dropped. */
  problem?: string
}

/** As it lies on the machine: whose it is, and nothing else in clear. */
interface Kept extends Sealed {
  user: string
}

export interface Outbox {
  waiting: Ref<readonly Waiting[]>
  online: Ref<boolean>
  count: ComputedRef<number>
  /** Throws when this browser keeps nothing. */
  add: (entry: Waiting) => Promise<void>
  drop: (key: string) => Promise<void>
  /** Sends what waits, oldest first; receipts of what arrived. */
  flush: () => Promise<Receipt[]>
  /** Shows the entries of who is signed in now: another neither sees nor sends them. */
  open: (user: string) => Promise<void>
  /** Signing out: what still waits is gone, and its key with it. */
  wipe: () => Promise<void>
}

const waiting = shallowRef<readonly Waiting[]>([])
const online = ref(navigator.onLine)
const count = computed(() => waiting.value.length)
let owner = ''
let sending: Promise<Receipt[]> | null = null
let asked = false

async function open(user: string): Promise<void> {
  owner = user
  waiting.value = []
  const all = await shelf.all<Kept>('outbox').catch(() => [])
  const own = await Promise.all(
    // What cannot be opened any more is nobody's.
    all
      .filter((k) => k.user === user)
      .map((k) =>
        unseal(user, k)
          .then(unpacked)
          .catch(() => null),
      ),
  )
  if (owner !== user) return
  waiting.value = own.filter((w) => w !== null).sort((a, b) => a.made.localeCompare(b.made))
}

async function add(entry: Waiting): Promise<void> {
  const own = { ...entry, papers: entry.papers ?? heldIn(entry.record.fields) }
  const kept: Kept = { user: owner, ...(await seal(owner, packed(own))) }
  await shelf.put('outbox', entry.key, kept)
  waiting.value = [...waiting.value.filter((w) => w.key !== entry.key), own]
}

async function drop(key: string): Promise<void> {
  await shelf.drop('outbox', key).catch(() => {})
  waiting.value = waiting.value.filter((w) => w.key !== key)
}

async function wipe(): Promise<void> {
  for (const { key } of waiting.value) await drop(key)
  if (owner) await dropKey(owner).catch(() => {})
  owner = ''
}

async function sendAll(): Promise<Receipt[]> {
  const arrived: Receipt[] = []
  for (const entry of [...waiting.value]) {
    try {
      await sendHeld(entry.papers ?? [])
      arrived.push(await addRecord(entry.ledger, entry.record, entry.key))
      await drop(entry.key)
    } catch (thrown) {
      const problem = asProblem(thrown)
      if (['offline', 'unavailable', 'unauthenticated', 'too_many', 'aborted'].includes(problem.code)) break
      await add({ ...entry, problem: problem.problems[0]?.message ?? problem.message })
    }
  }
  return arrived
}

/**
 * One sending at a time; who asks meanwhile gets its outcome. It was asked for a reason, such as the network coming
 * back: what could not go before goes then.
 */
function flush(): Promise<Receipt[]> {
  if (sending) asked = true
  sending ??= (async () => {
    const arrived: Receipt[] = []
    do {
      asked = false
      arrived.push(...(await sendAll()))
    } while (asked && waiting.value.length)
    return arrived
  })().finally(() => (sending = null))
  return sending
}

addEventListener('online', () => (online.value = true))
addEventListener('offline', () => (online.value = false))

/** Entries kept on this machine until they are sent. */
export function useOutbox(): Outbox {
  return { waiting, online, count, add, drop, flush, open, wipe }
}
