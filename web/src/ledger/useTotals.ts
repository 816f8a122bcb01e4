import { computed, shallowRef, watch, type Ref } from 'vue'
import { listFigures } from '@/api/figures'
import type { Figure } from '@/api/types'
import { useCatalog } from '@/stores/catalog'
import { useSession } from '@/stores/session'
import { isWhole, type ListFilter } from './filters'

/** The figures a ledger makes, of a whole period only; a list that was narrowed has sums of its own. */
export function useTotals(id: Ref<string>, period: Ref<string>, filter: Ref<ListFilter>) {
  const catalog = useCatalog()
  const session = useSession()
  const figures = shallowRef<Figure[]>([])

  async function read(): Promise<void> {
    figures.value = []
    const own = (catalog.catalog?.indicators ?? []).filter((i) => i.ledger === id.value)
    if (!own.length || filter.value.period === 'all' || session.user?.counsel) return
    const asking = `${id.value} ${period.value}`
    const ids = own
      .slice(0, 4)
      .map((i) => i.id)
      .join(',')
    const found = await listFigures({ ids, period: period.value }).catch(() => null)
    if (found && asking === `${id.value} ${period.value}`)
      figures.value = found.items.filter((f) => f.status !== 'no_record')
  }
  watch([id, period, () => catalog.catalog], () => void read(), { immediate: true })
  const totals = computed(() => (isWhole(filter.value) ? figures.value : []))
  return { totals, retotal: read }
}
