import { ref, shallowRef, type Ref } from 'vue'
import { newKey } from '@/api/client'
import { asProblem, type ApiProblem } from '@/api/problem'
import { act, addRecord } from '@/api/records'
import type { Field, Fields, Problem, Receipt } from '@/api/types'
import { useOutbox } from '@/composables/outbox'
import { heldIn, sendHeld } from '@/composables/papers'
import type { FormProps } from './shape'

/** Sends what a form holds, once: every retry goes out under the key made when the form was opened. */
export function useSending(props: FormProps, fields: Ref<Fields>, shown: Ref<Field[]>, title: () => string) {
  const outbox = useOutbox()
  const key = ref(newKey())
  const reason = ref('')
  /** A gate expected something: with a reason it may go on. */
  const wantsReason = ref(false)
  const problem = shallowRef<ApiProblem | null>(null)
  const saving = ref(false)

  /** A correction sends what changed, a field emptied as null; everything else sends what is filled. */
  function changed(): Fields {
    const correction = props.action === 'correct'
    const was = correction ? (props.record?.fields ?? {}) : {}
    const made: Fields = {}
    for (const f of shown.value) {
      const now = fields.value[f.id]
      if (!correction && now !== undefined) made[f.id] = now
      else if (correction && JSON.stringify(now) !== JSON.stringify(was[f.id])) made[f.id] = now ?? null
    }
    return made
  }

  async function send(): Promise<Receipt> {
    const why = reason.value.trim() || undefined
    await sendHeld(heldIn(fields.value))
    if (!props.record) {
      const made = { org: props.org, fields: changed(), state: props.state, reason: why }
      return addRecord(props.ledger, made, key.value)
    }
    const action = props.action ?? 'correct'
    const { id, version } = props.record
    return act(id, { action, fields: changed(), part: props.partId, version, reason: why }, key.value)
  }

  /** A new record that cannot go out now waits on this machine, under the same key. */
  async function keepForLater(): Promise<boolean> {
    if (props.record || problem.value?.code !== 'offline') return false
    try {
      const made = {
        org: props.org,
        fields: changed(),
        state: props.state,
        reason: reason.value.trim() || undefined,
      }
      await outbox.add({
        key: key.value,
        ledger: props.ledger,
        title: title(),
        made: new Date().toISOString(),
        record: made,
      })
    } catch {
      return false
    }
    problem.value = null
    return true
  }

  function renew(): void {
    key.value = newKey()
    wantsReason.value = false
    reason.value = ''
    problem.value = null
  }

  /** What became of it: the receipt, 'kept' in the outbox, or nothing, with the problem told. */
  async function go(): Promise<Receipt | 'kept' | null> {
    if (saving.value) return null
    saving.value = true
    try {
      return await send()
    } catch (thrown) {
      problem.value = asProblem(thrown)
      if (await keepForLater()) return 'kept'
      // A judged request is spent; one that was lost must go out again under its key.
      if (problem.value?.status) key.value = newKey()
      if (problem.value?.code === 'invalid' && problem.value.problems.some((p) => p.source))
        wantsReason.value = true
      return null
    } finally {
      saving.value = false
    }
  }

  const said = (id: string): Problem[] => problem.value?.byField.get(id) ?? []
  return { problem, reason, wantsReason, saving, go, renew, said }
}
