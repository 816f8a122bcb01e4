import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { asProblem, type ApiProblem } from '@/api/problem'
import { listRecords, type RecordPage, type RecordQuery } from '@/api/records'
import type { LedgerRecord, ListSum } from '@/api/types'

/** A whole period has figures; what was picked out of it has sums. */
const narrowed = (q: RecordQuery) => !!(q.state || q.where?.length || q.q || q.late || q.withdrawn)

/** A list of records, a page at a time; what stands there stays until its successor has come. */
export function useRecords(ledger: Ref<string>, query: Ref<RecordQuery>) {
  const items = shallowRef<LedgerRecord[]>([])
  const total = ref<number | null>(null)
  const least = ref(false)
  const totals = shallowRef<readonly ListSum[]>([])
  const next = ref<string | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const waiting = ref(false)
  const ready = ref(false)
  let stop: AbortController | null = null

  function take(page: RecordPage, more: boolean): void {
    items.value = more ? [...items.value, ...page.items] : page.items
    next.value = page.next ?? null
    if (more) return
    total.value = page.total ?? null
    least.value = page.total_is_least ?? false
    totals.value = page.totals ?? []
  }
  async function read(more: boolean): Promise<void> {
    if (!ledger.value) return
    stop?.abort()
    const own = (stop = new AbortController())
    const clock = setTimeout(() => (waiting.value = true), 300)
    try {
      const after = more ? (next.value ?? undefined) : undefined
      const totals = !more && narrowed(query.value) ? 1 : undefined
      const page = await listRecords(ledger.value, { ...query.value, after, limit: 50, totals }, own.signal)
      if (own.signal.aborted) return
      take(page, more)
      problem.value = null
      ready.value = true
    } catch (thrown) {
      const told = asProblem(thrown)
      if (!own.signal.aborted && told.code !== 'aborted') problem.value = told
    } finally {
      clearTimeout(clock)
      if (stop === own) waiting.value = false
    }
  }
  watch(ledger, () => {
    items.value = []
    total.value = null
    totals.value = []
    ready.value = false
  })
  watch([ledger, () => JSON.stringify(query.value)], () => void read(false), { immediate: true })
  onScopeDispose(() => stop?.abort())
  return {
    items,
    total,
    least,
    totals,
    next,
    problem,
    waiting,
    ready,
    reload: () => read(false),
    more: () => read(true),
  }
}
