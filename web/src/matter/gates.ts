import type { Gate, Ledger, OutlookStep } from '@/api/types'
import { wholeBar } from '@/ledger/statuteOf'
import { gatesOf, type GateState } from '@/text/gates'

/** bars: it says what must not be, not what must. */
export type StepGate = GateState & { bars?: boolean }

/** A step's gates with what the catalog knows of them: how surely the article was seen, how it binds. */
export function gatesWith(ledger: Ledger, step: OutlookStep): StepGate[] {
  const own: Gate[] = [...(ledger.transitions.find((t) => t.id === step.step)?.gates ?? []), ...ledger.gates]
  return gatesOf(step).map((told) => {
    const g: StepGate = { ...told, says: wholeBar(told.says, step.label), bars: told.says.endsWith('不得') }
    const known = own.find((k) => k.id === g.id) ?? own.find((k) => k.source === g.source)
    return known
      ? { ...g, certainty: g.certainty ?? known.certainty, binding: g.binding ?? known.binding }
      : g
  })
}

export type Answer =
  | { kind: 'part'; part: string; label: string }
  | { kind: 'step' }
  | { kind: 'field'; field: string; label: string }

/** What would answer a gate: opening a part, taking the step with its field, or filling a field of the record. */
export function answerOf(ledger: Ledger, step: OutlookStep, gate: GateState): Answer | null {
  if (gate.status === 'ok' || !gate.field) return null
  const name = gate.field.replace(/[[.].*$/, '')
  const part = ledger.parts.find((p) => p.id === name)
  if (part) return { kind: 'part', part: part.id, label: part.label }
  if (step.asks?.includes(name)) return { kind: 'step' }
  const field = ledger.fields.find((f) => f.id === name && !f.derived)
  return field ? { kind: 'field', field: field.id, label: field.label } : null
}
