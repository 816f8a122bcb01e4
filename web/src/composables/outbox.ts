import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { asProblem } from '@/api/problem'
import { addRecord, type NewRecord } from '@/api/records'
import type { Receipt } from '@/api/types'
import { shelf } from './shelf'

/** An entry that waits for the network. Its key is that of the form it came from: sent twice, it is one record. */
export interface Waiting {
  key: string
  ledger: string
  /** What it is, without personal data. */
  title: string
  made: string
  record: NewRecord
  /** Whose entry it is: another who signs in here neither sees nor sends it. */
  user?: string
  /** The server refused it; it waits to be mended or dropped. */
  problem?: string
}

export interface Outbox {
  waiting: Ref<Waiting[]>
  online: Ref<boolean>
  count: ComputedRef<number>
  /** Throws when this browser keeps nothing. */
  add: (entry: Waiting) => Promise<void>
  drop: (key: string) => Promise<void>
  /** Sends what waits, oldest first; receipts of what arrived. */
  flush: () => Promise<Receipt[]>
  /** Shows the entries of who is signed in now. */
  open: (user: string) => Promise<void>
}

const waiting = ref<Waiting[]>([])
const online = ref(navigator.onLine)
const count = computed(() => waiting.value.length)
let owner = ''
let sending: Promise<Receipt[]> | null = null

async function open(user: string): Promise<void> {
  owner = user
  const all = await shelf.all<Waiting>().catch(() => [])
  waiting.value = all.filter((w) => w.user === user).sort((a, b) => a.made.localeCompare(b.made))
}

async function add(entry: Waiting): Promise<void> {
  const own = { ...entry, user: owner }
  // Plain data only: what the form holds is watched by Vue and cannot be stored as it is.
  await shelf.put(entry.key, JSON.parse(JSON.stringify(own)) as Waiting)
  waiting.value = [...waiting.value.filter((w) => w.key !== entry.key), own]
}

async function drop(key: string): Promise<void> {
  await shelf.drop(key).catch(() => {})
  waiting.value = waiting.value.filter((w) => w.key !== key)
}

async function sendAll(): Promise<Receipt[]> {
  const arrived: Receipt[] = []
  for (const entry of [...waiting.value]) {
    try {
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

/** One sending at a time; a second caller gets the outcome of the first. */
function flush(): Promise<Receipt[]> {
  sending ??= sendAll().finally(() => (sending = null))
  return sending
}

addEventListener('online', () => (online.value = true))
addEventListener('offline', () => (online.value = false))

/** Entries kept on this machine until they are sent. */
export function useOutbox(): Outbox {
  return { waiting, online, count, add, drop, flush, open }
}
