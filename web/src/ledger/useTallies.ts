import { ref, watch, type Ref } from 'vue'
import { listRecords } from '@/api/records'
import type { Ledger } from '@/api/types'
import { openStates } from './filters'

/** How many records stand behind each tab of a list: all, under way, each state under way; asked one record at a time. */
export function useTallies(ledger: Ref<Ledger | undefined>, period: Ref<string | undefined>) {
  const tallies = ref<Record<string, number>>({})
  let turn = 0

  async function count(): Promise<void> {
    const own = ++turn
    const type = ledger.value
    tallies.value = {}
    if (!type) return
    const open = openStates(type)
    const steps = open.length > 0 && open.length < type.states.length
    const asked: [string, string | undefined][] = [['all', undefined]]
    if (steps) asked.push(['open', open.join(',')])
    if (steps && open.length > 1) asked.push(...open.slice(0, 4).map((s): [string, string] => [s, s]))
    await Promise.all(
      asked.map(async ([id, state]) => {
        const page = await listRecords(type.id, { period: period.value, state, limit: 1 }).catch(() => null)
        if (own === turn && page && typeof page.total === 'number')
          tallies.value = { ...tallies.value, [id]: page.total }
      }),
    )
  }
  watch([() => ledger.value?.id, period], () => void count(), { immediate: true })
  return { tallies, recount: count }
}
