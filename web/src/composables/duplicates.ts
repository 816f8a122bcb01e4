import { ref, watch, type Ref } from 'vue'
import { newKey } from '@/api/client'
import { addRecord } from '@/api/records'
import type { Field, Fields, Twin } from '@/api/types'
import { filled } from '@/components/fields/common'

/** Asks the server, before anything is saved, whether such a record is there already. */
export function useDuplicates(
  ledger: string,
  fields: Ref<Fields>,
  known: () => readonly Field[],
  on: () => boolean,
) {
  const alike = ref<Twin[]>([])
  const dismissed = new Set<string>()
  let clock = 0
  let turn = 0
  let last = ''

  async function ask(): Promise<void> {
    const own = ++turn
    try {
      const plain = new Set(
        known()
          .filter((f) => !f.personal)
          .map((f) => f.id),
      )
      const sent = Object.fromEntries(Object.entries(fields.value).filter(([id]) => plain.has(id)))
      const told = await addRecord(ledger, { fields: sent, dry_run: true }, newKey())
      if (own === turn)
        alike.value = told.warnings.filter((w): w is Twin => !!w.record && !dismissed.has(w.record))
    } catch {
      // Invalid as yet, or no network: saving will tell.
      if (own === turn) alike.value = []
    }
  }
  watch(
    fields,
    () => {
      if (!on()) return
      const needed = known().filter((f) => f.required && !f.derived)
      if (!needed.length || !needed.every((f) => filled(fields.value[f.id]))) return
      const seen = JSON.stringify(
        known()
          .filter((f) => ['date', 'code', 'org'].includes(f.type))
          .map((f) => fields.value[f.id]),
      )
      if (seen === last) return
      last = seen
      clearTimeout(clock)
      clock = window.setTimeout(() => void ask(), 700)
    },
    { deep: true },
  )

  function dismiss(record: string): void {
    dismissed.add(record)
    alike.value = alike.value.filter((w) => w.record !== record)
  }
  return { alike, dismiss }
}
