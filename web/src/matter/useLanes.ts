import { computed, shallowRef, watch, type Ref } from 'vue'
import { outlookOf, readRecord } from '@/api/records'
import type { FullRecord, Ledger, Limit, LinkedRecord, Outlook } from '@/api/types'
import { hasSteps } from '@/record/title'
import { useCatalog } from '@/stores/catalog'
import { useSession } from '@/stores/session'
import { merge, partLane, recordLane, type Lane } from './lanes'

interface Linked {
  record: FullRecord
  limits: Limit[]
}

/** The tracks of a matter: its parts, the matters of other ledgers that hang on it, the limits that run. */
export function useLanes(
  record: Ref<LinkedRecord | null>,
  ledger: Ref<Ledger | undefined>,
  outlook: Ref<Outlook | null>,
) {
  const catalog = useCatalog()
  const session = useSession()
  const linked = shallowRef<Linked[]>([])

  watch(
    record,
    async (now) => {
      linked.value = []
      const hanging = (now?.backlinks ?? [])
        .filter((l) => !l.withdrawn && hasSteps(catalog.ledger(l.ledger)))
        .slice(0, 6)
      const read = await Promise.all(
        hanging.map(async (l) => {
          const one = await readRecord(l.record).catch(() => null)
          if (!one) return null
          const ahead = await outlookOf(l.record).catch(() => null)
          return { record: one, limits: ahead?.limits ?? [] } satisfies Linked
        }),
      )
      if (record.value === now) linked.value = read.filter((r) => r !== null)
    },
    { immediate: true },
  )

  const lanes = computed<Lane[]>(() => {
    const own = record.value
    const type = ledger.value
    if (!own || !type) return []
    const limits = outlook.value?.limits ?? []
    const able = new Set(outlook.value?.parts.map((p) => p.part))
    const parts = type.parts
      .filter((p) => able.has(p.id) || own.parts.some((x) => x.part === p.id && !x.withdrawn))
      .map((p) => partLane(type, p.id, own, limits, session.today))
    const others = linked.value
      .slice()
      .sort((a, b) => a.record.day.localeCompare(b.record.day))
      .map((l) => recordLane(catalog.ledger(l.record.type)!, l.record, l.limits, session.today))
    const running = limits
      .filter((l) => !l.part && (l.state === 'running' || l.state === 'overdue'))
      .slice(0, 3)
      .map((l): Lane => ({
        id: l.rule,
        label: (l.what ?? l.says).split('：')[0]!.replace(/日期$/, ''),
        kind: 'limit',
        bars: [],
        status: 'wait',
        note: '',
        parts: [],
        points: [{ day: l.due, kind: l.state === 'overdue' ? 'red' : 'open' }],
        from: l.due,
        to: l.due,
      }))
    const hanging = merge([...parts, ...others])
    // A limit of a matter that hangs here is drawn in its bar already.
    return [...hanging, ...running.filter((l) => !hanging.some((h) => h.label === l.label))]
  })
  return lanes
}
