import { computed, watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { LedgerCount } from '@/api/records'
import { useCatalog } from '@/stores/catalog'
import { useSession } from '@/stores/session'

/** The ledger of the address; without one that last looked at, else the fullest. A phone shows the rail first. */
export function useWhichLedger(counts: Ref<readonly LedgerCount[] | undefined>, phone: Ref<boolean>) {
  const route = useRoute()
  const router = useRouter()
  const catalog = useCatalog()
  const last = `yifa.ledger.${useSession().user?.id ?? ''}`
  const id = computed(() => (typeof route.params.ledger === 'string' ? route.params.ledger : ''))
  const ledger = computed(() => catalog.ledger(id.value))
  watch(
    [id, counts, () => catalog.catalog, phone],
    () => {
      if (id.value) return localStorage.setItem(last, id.value)
      if (route.name !== 'ledger' || !counts.value || phone.value || route.query.group) return
      const fullest = [...counts.value].sort((a, b) => b.records - a.records)[0]?.id ?? ''
      const best = [localStorage.getItem(last) ?? '', fullest].find((l) => catalog.ledger(l))
      if (best) void router.replace({ name: 'ledger', params: { ledger: best }, query: route.query })
    },
    { immediate: true },
  )
  return { id, ledger }
}
