import type { Ledger, Moment, Transition } from '@/api/types'

export interface PathStep {
  state: string
  label: string
  status: 'done' | 'now' | 'ahead'
  /** The moment a state was reached, of those behind and the one that is. */
  since?: Moment
  /** Whose step leads here, of those ahead. */
  role?: string
}

/** A change of state as the history tells it. */
export interface Reached {
  state: string
  at: Moment
}

/** The step that leads on from a state: the first the catalog names whose end is not behind. */
function onward(ledger: Ledger, state: string, behind: ReadonlySet<string>): Transition | undefined {
  const at = ledger.states.findIndex((s) => s.id === state)
  return ledger.transitions.find(
    (t) => t.from.includes(state) && !behind.has(t.to) && ledger.states.findIndex((s) => s.id === t.to) > at,
  )
}

/** States behind, the one that is, and the usual way from it to the end. */
export function pathOf(ledger: Ledger, state: string, reached: readonly Reached[]): PathStep[] {
  const label = (id: string) => ledger.states.find((s) => s.id === id)?.label ?? id
  const order: Reached[] = []
  for (const r of reached) {
    // Gone back to: what came after it is no longer behind.
    const again = order.findIndex((o) => o.state === r.state)
    if (again >= 0) order.splice(again + 1)
    else order.push(r)
  }
  const now = order.findIndex((o) => o.state === state)
  const behind = now >= 0 ? order.slice(0, now) : order
  const steps: PathStep[] = behind.map((r) => ({
    state: r.state,
    label: label(r.state),
    status: 'done',
    since: r.at,
  }))
  steps.push({ state, label: label(state), status: 'now', since: now >= 0 ? order[now]!.at : undefined })
  const seen = new Set(steps.map((s) => s.state))
  for (let at = state; !ledger.states.find((s) => s.id === at)?.ends;) {
    const step = onward(ledger, at, seen)
    if (!step) break
    steps.push({ state: step.to, label: label(step.to), status: 'ahead', role: step.role })
    seen.add(step.to)
    at = step.to
  }
  return steps
}
