import { ref, watch, type Ref } from 'vue'
import type { Field, Fields } from '@/api/types'
import { useSession } from '@/stores/session'

interface Kept {
  at: string
  fields: Fields
}

/**
 * Keeps what one writes on this machine until it is saved, and gives it back after a reload. Personal and sealed
 * fields, and papers, are never kept.
 */
export function useDraft(name: string, fields: Ref<Fields>, known: () => readonly Field[]) {
  const session = useSession()
  const shelf = `yifa.draft.${session.user?.id ?? ''}.${name}`
  /** When the draft was kept last: 10:42. */
  const keptAt = ref('')
  const restored = ref(false)
  let clock = 0
  let done = false

  const plain = () =>
    new Set(
      known()
        .filter((f) => !f.personal && !f.sealed && f.type !== 'file')
        .map((f) => f.id),
    )

  function restore(): void {
    try {
      const kept = JSON.parse(localStorage.getItem(shelf) ?? 'null') as Kept | null
      if (!kept) return
      const may = plain()
      const back = Object.fromEntries(Object.entries(kept.fields).filter(([id]) => may.has(id)))
      if (!Object.keys(back).length) return
      fields.value = { ...fields.value, ...back }
      keptAt.value = kept.at
      restored.value = true
    } catch {
      localStorage.removeItem(shelf)
    }
  }

  function keep(): void {
    clearTimeout(clock)
    if (done) return
    const may = plain()
    const own = Object.fromEntries(Object.entries(fields.value).filter(([id]) => may.has(id)))
    if (!Object.keys(own).length) return localStorage.removeItem(shelf)
    const at = new Date().toTimeString().slice(0, 5)
    localStorage.setItem(shelf, JSON.stringify({ at, fields: own } satisfies Kept))
    keptAt.value = at
  }

  function forget(): void {
    done = true
    clearTimeout(clock)
    localStorage.removeItem(shelf)
    keptAt.value = ''
    restored.value = false
  }

  watch(
    fields,
    () => {
      clearTimeout(clock)
      clock = window.setTimeout(keep, 600)
    },
    { deep: true },
  )

  return { keptAt, restored, restore, keep, forget, again: () => void (done = false) }
}
