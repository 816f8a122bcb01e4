import { computed, ref, type Ref } from 'vue'
import type { Field, Fields, FullRecord, Value } from '@/api/types'
import { filled } from '@/components/fields/common'
import { useCatalog } from '@/stores/catalog'
import { useSession } from '@/stores/session'

export interface FormProps {
  ledger: string
  /** The part whose fields are asked. */
  part?: string
  /** The fields a step asks, "@reason" among them; all of the ledger (or part) when absent. */
  asks?: readonly string[]
  /** The record that is corrected or led on. Without it a new one is made. */
  record?: FullRecord
  /** What POST /records/{id}/actions is told: a transition, "correct", "PART.open", "PART.correct". */
  action?: string
  /** The part's own id, of a correction of a part. */
  partId?: string
  initial?: Fields
  /** The state a new record is made in, when not the opening one. */
  state?: string
  org?: string
}

/** Ticks stand together; a flag that is asked for stands among the fields. */
const isTick = (f: Field) => f.type === 'flag' && !f.asked

/** The fields a form draws, off the catalog, and in which group each stands. */
export function useFormShape(props: FormProps, phone: Ref<boolean>) {
  const catalog = useCatalog()
  const session = useSession()
  const ledger = computed(() => catalog.ledger(props.ledger))
  const all = computed<readonly Field[]>(() =>
    props.part
      ? (ledger.value?.parts.find((p) => p.id === props.part)?.fields ?? [])
      : (ledger.value?.fields ?? []),
  )
  const shown = computed<Field[]>(() => {
    const chosen = props.asks
      ? props.asks.flatMap((id) => all.value.find((f) => f.id === id) ?? [])
      : [...all.value]
    return chosen
      .filter((f) => !f.derived && !(f.fixed && props.record && props.action === 'correct'))
      .map((f) => (props.asks && props.record && f.type === 'flag' ? { ...f, asked: true } : f))
  })

  /** What stands in the form before anyone writes. */
  function start(): Fields {
    const made: Fields = {}
    const own = props.part ? {} : (props.record?.fields ?? {})
    for (const f of shown.value) {
      if (own[f.id] !== undefined) made[f.id] = own[f.id]!
      else if (props.record) continue
      else if (f.default !== undefined && f.default !== null) made[f.id] = f.default as Value
      else if (f.id === ledger.value?.day)
        made[f.id] = f.type === 'moment' ? `${session.today}T09:00:00+08:00` : session.today
    }
    return { ...made, ...props.initial }
  }

  /** Where and when belong together: the place stands beside the day. */
  const open = computed(() => {
    const fields = shown.value.filter((f) => !f.personal && !isTick(f))
    const place = fields.find((f) => f.id === ledger.value?.place)
    const day = fields.findIndex((f) => f.id === ledger.value?.day)
    if (!place || day < 0 || props.asks) return fields
    const others = fields.filter((f) => f !== place)
    const at = others.findIndex((f) => f.id === ledger.value?.day)
    return [...others.slice(0, at + 1), place, ...others.slice(at + 1)]
  })
  /** Stand together in a box that says who may read them. */
  const personal = computed(() => shown.value.filter((f) => f.personal))
  const flags = computed(() => shown.value.filter((f) => !f.personal && isTick(f)))
  const derived = computed(() =>
    props.asks || !props.record ? [] : all.value.filter((f) => f.derived && props.record?.labels[f.id]),
  )

  /** Filled when the form was opened. A field must not change its place while someone writes in it. */
  const early = ref(new Set<string>())
  const settle = (fields: Fields) => {
    early.value = new Set(Object.keys(fields).filter((id) => filled(fields[id])))
  }
  /** What its opening asks and what the list shows is needed at once; the rest of a long form waits behind 更多. */
  const first = computed(() => {
    if (props.asks || props.part || open.value.length <= (phone.value ? 6 : 9)) return open.value
    const opening = ledger.value?.transitions.find((step) => step.id === 'open')
    const needed = new Set([...(opening?.asks ?? []), ...(ledger.value?.columns ?? [])])
    return open.value.filter((f) => f.required || needed.has(f.id) || early.value.has(f.id))
  })
  const rest = computed(() => open.value.filter((f) => !first.value.includes(f)))

  return { ledger, all, shown, start, settle, first, rest, personal, flags, derived }
}
