import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { newKey } from '@/api/client'
import { asProblem } from '@/api/problem'
import { addRecord } from '@/api/records'
import type { Fields, Ledger, Problem, Transition } from '@/api/types'
import { useSession } from '@/stores/session'

/**
 * The step after the opening, taken with it: 保存并受理. The server judges without writing while one fills in the
 * form; what it refuses stays in sight with its article.
 */
export function useOnward(ledger: Ref<Ledger | undefined>, fields: Ref<Fields>) {
  const step = computed<Transition | undefined>(() => {
    const first = ledger.value?.transitions.find((s) => s.id === 'open')
    return first && ledger.value?.transitions.find((s) => s.from.includes(first.to))
  })
  const refused = ref<Problem[]>([])
  const possible = ref(false)
  const dated = computed(
    () => new Set(ledger.value?.fields.filter((f) => f.type === 'date').map((f) => f.id)),
  )
  const session = useSession()
  let clock = 0
  let turn = 0

  async function judge(): Promise<void> {
    const own = ++turn
    const target = step.value
    if (!ledger.value || !target || !target.asks.some((a) => fields.value[a] !== undefined)) {
      possible.value = false
      refused.value = []
      return
    }
    // Days not filled in yet are taken as today's for the judgement alone: what is barred shows before they are.
    const lacks = target.asks.filter((a) => fields.value[a] === undefined && dated.value.has(a))
    const tried = Object.fromEntries(lacks.map((a) => [a, session.today]))
    try {
      await addRecord(
        ledger.value.id,
        { fields: { ...tried, ...open() }, state: target.to, dry_run: true },
        newKey(),
      )
      if (own !== turn) return
      possible.value = !lacks.length
      refused.value = []
    } catch (thrown) {
      if (own !== turn) return
      const problem = asProblem(thrown)
      possible.value = false
      refused.value =
        problem.code === 'refused'
          ? problem.problems.length
            ? problem.problems
            : [{ where: '', message: problem.message }]
          : []
    }
  }
  /** Personal fields are not sent for a judgement. */
  function open(): Fields {
    const personal = new Set(ledger.value?.fields.filter((f) => f.personal).map((f) => f.id))
    return Object.fromEntries(Object.entries(fields.value).filter(([id]) => !personal.has(id)))
  }
  watch(
    [fields, step],
    () => {
      clearTimeout(clock)
      clock = window.setTimeout(() => void judge(), 600)
    },
    { deep: true },
  )
  onScopeDispose(() => clearTimeout(clock))
  return { step, refused, possible }
}
