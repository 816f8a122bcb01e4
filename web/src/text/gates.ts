import type { Binding, Certainty, OutlookStep, Problem } from '@/api/types'

export interface GateState {
  id: string
  status: 'stop' | 'warn' | 'wait' | 'ok'
  source: string
  says: string
  why?: string
  supply?: string
  certainty?: Certainty
  binding?: Binding
  /** The field that would answer it, for the button beside. */
  field?: string
}

type Told = Problem & { certainty?: Certainty; binding?: Binding; gate?: string }

/** What the server says of a step, as gates. */
export function gatesOf(step: OutlookStep): GateState[] {
  const made =
    (status: GateState['status']) =>
    (p: Told, i: number): GateState => ({
      id: p.gate ?? `${status}.${p.where}.${i}`,
      status,
      source: p.source ?? '',
      says: p.message,
      supply: p.supply,
      certainty: p.certainty,
      binding: p.binding,
      field: p.where,
    })
  return [
    ...step.forbidden.map(made('stop')),
    ...step.expected.map(made('warn')),
    ...step.missing.map(made('wait')),
    ...step.exempt.map(made('ok')),
    ...step.met.map(made('ok')),
  ]
}

/** 1 项不得，2 项须说明，5 项已备 */
export function countGates(gates: readonly GateState[]) {
  const count = { stop: 0, warn: 0, wait: 0, ok: 0 }
  for (const g of gates) count[g.status]++
  return count
}
