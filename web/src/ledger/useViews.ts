import { computed, ref, watch, type Ref } from 'vue'
import { newKey } from '@/api/client'
import type { Ledger } from '@/api/types'
import { useSession } from '@/stores/session'
import { chosenColumns } from './columns'
import type { ListFilter } from './filters'
import { ViewShelf } from './views'

/** The reader's own views and columns of the ledger he looks at. */
export function useViews(id: Ref<string>, ledger: Ref<Ledger | undefined>) {
  const shelf = new ViewShelf(useSession().user?.id ?? '')
  const views = ref(shelf.views(id.value))
  const chosen = ref<string[] | null>(shelf.columns(id.value))
  watch(id, (now) => {
    views.value = shelf.views(now)
    chosen.value = shelf.columns(now)
  })
  const columns = computed(() => (ledger.value ? chosenColumns(ledger.value, chosen.value) : []))
  function keepColumns(to: string[] | null): void {
    chosen.value = to
    shelf.keepColumns(id.value, to)
  }
  function keepView(name: string, filter: ListFilter): void {
    const view = { id: newKey(), name, filter, columns: chosen.value ?? undefined }
    views.value = shelf.save(id.value, view)
  }
  const dropView = (view: string) => (views.value = shelf.drop(id.value, view))
  return { views, chosen, columns, keepColumns, keepView, dropView }
}
