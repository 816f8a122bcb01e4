import { computed, reactive, ref, shallowReactive } from 'vue'
import { checkFile, closeBatch, readBatch, readCheck, type CheckedReport, type Counts } from '@/api/checks'
import { followJob } from '@/api/jobs'
import { asProblem, type ApiProblem } from '@/api/problem'
import { exceptionLine, keyOf, type Exception } from './exceptions'
import type { Numbered } from './marks'

// The batch one looks at. It outlives the page and a reload, and ends with the batch or the session.

export interface DeskFile {
  key: number
  name: string
  state: 'waiting' | 'sending' | 'checking' | 'done' | 'failed'
  fraction: number
  id: string
  counts: Counts | null
  problem: ApiProblem | null
}

interface Kept {
  user: string
  batch: string
  exceptions: Exception[]
  off: string[]
}
const shelf = 'yifa.check'
const together = 2

const files = reactive<DeskFile[]>([])
const given = new Map<number, File>()
const reports = shallowReactive(new Map<string, CheckedReport>())
const exceptions = ref<Exception[]>([])
const off = ref<string[]>([])
const batch = ref('')
let user = ''
let last = 0
let running = 0

function keep(): void {
  const kept: Kept = { user, batch: batch.value, exceptions: exceptions.value, off: off.value }
  sessionStorage.setItem(shelf, JSON.stringify(kept))
}

function clear(): void {
  files.splice(0)
  given.clear()
  reports.clear()
  exceptions.value = []
  batch.value = ''
  sessionStorage.removeItem(shelf)
}

const row = (name: string, id = '', counts: Counts | null = null): DeskFile => ({
  key: ++last,
  name,
  state: id ? 'done' : 'waiting',
  fraction: 0,
  id,
  counts,
  problem: null,
})

/** The batch of before a reload, while the server still has it; another person's is forgotten. */
async function enter(who: string): Promise<void> {
  if (user === who) return
  if (user) clear()
  user = who
  let kept: Kept | null = null
  try {
    kept = JSON.parse(sessionStorage.getItem(shelf) ?? 'null') as Kept | null
  } catch {
    // What another version wrote is not worth a fault.
  }
  off.value = kept?.off ?? []
  if (!kept?.batch || kept.user !== who) return
  try {
    const { items } = await readBatch(kept.batch)
    if (files.length) return
    batch.value = kept.batch
    exceptions.value = kept.exceptions
    files.push(...items.map((one) => row(one.file, one.id, one.counts)))
  } catch {
    sessionStorage.removeItem(shelf)
  }
}

async function check(one: DeskFile, file: File): Promise<void> {
  const own = batch.value
  try {
    one.state = 'sending'
    const job = await checkFile(file, own, (f) => (one.fraction = f))
    one.state = 'checking'
    const report = await followJob<CheckedReport>(job.id)
    if (!files.includes(one)) return
    one.id = report.id
    one.counts = report.counts
    one.state = 'done'
    reports.set(report.id, report)
    if (!batch.value) batch.value = report.batch
    given.delete(one.key)
    keep()
  } catch (thrown) {
    one.problem = asProblem(thrown)
    one.state = 'failed'
  }
}

/** The first file makes the batch: the others wait for it, then go two at a time. */
function run(): void {
  while (running < (batch.value ? together : 1)) {
    const one = files.find((f) => f.state === 'waiting' && given.has(f.key))
    const file = one && given.get(one.key)
    if (!file) return
    running++
    void check(one, file).finally(() => {
      running--
      run()
    })
  }
}

function add(list: readonly File[]): void {
  for (const file of list) {
    files.push(row(file.name))
    given.set(last, file)
  }
  run()
}

function again(one: DeskFile): void {
  one.problem = null
  one.state = 'waiting'
  run()
}

function drop(one: DeskFile): void {
  given.delete(one.key)
  files.splice(files.indexOf(one), 1)
}

async function open(id: string): Promise<CheckedReport> {
  const known = reports.get(id)
  if (known) return known
  const report = await readCheck(id)
  reports.set(id, report)
  return report
}

async function close(): Promise<void> {
  const own = batch.value
  clear()
  if (own) await closeBatch(own).catch(() => {})
}

function except(report: CheckedReport, finding: Numbered, reason: string): void {
  const line = exceptionLine(report, finding, reason)
  exceptions.value = [...exceptions.value, { key: keyOf(finding), report: report.id, line, reason }]
  keep()
}

function unexcept(report: string, finding: Numbered): void {
  const key = keyOf(finding)
  exceptions.value = exceptions.value.filter((e) => e.report !== report || e.key !== key)
  keep()
}

/** Switches a group of rules, or a severity as "=note". */
function turn(what: string): void {
  off.value = off.value.includes(what) ? off.value.filter((o) => o !== what) : [...off.value, what]
  keep()
}

const busy = computed(() => files.filter((f) => ['waiting', 'sending', 'checking'].includes(f.state)).length)
/** How many findings of a file still stand. */
const left = (one: DeskFile) => {
  if (!one.counts) return 0
  const { error, warning, note } = one.counts
  return error + warning + note - exceptions.value.filter((e) => e.report === one.id).length
}

export const useDesk = () => ({
  files,
  exceptions,
  off,
  batch,
  busy,
  enter,
  add,
  again,
  drop,
  open,
  close,
  except,
  unexcept,
  turn,
  left,
})
