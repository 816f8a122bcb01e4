import type { Ledger, Moment } from '@/api/types'

export interface PathStep {
  state: string
  label: string
  status: 'done' | 'now' | 'ahead'
  /** The moment a state was reached, of those behind and the one that is. */
  since?: Moment
  /** Whose step leads here, of those ahead. */
  role?: string
}

/** A change of state as the history tells it; its day is the act's own where the step asks for one. */
export interface Reached {
  state: string
  at: Moment
}

/** What was entered in one go later tells nothing of when its steps were taken: only their own days do. */
export function reachedBy(
  ledger: Ledger,
  fields: Readonly<Record<string, unknown>>,
  changes: readonly { from: string; to: string; at: Moment }[],
): Reached[] {
  const ownDay = (state: string): string | undefined => {
    const asks = ledger.transitions.filter((t) => t.to === state).flatMap((t) => t.asks)
    const name = asks.find((a) => ledger.fields.find((f) => f.id === a)?.type === 'date' && fields[a])
    return name ? String(fields[name]) : undefined
  }
  const steps = changes.filter((c) => c.to && c.to !== c.from)
  const atOnce = (i: number) =>
    [steps[i - 1], steps[i + 1]].some((c) => c && c.at.slice(0, 10) === steps[i]!.at.slice(0, 10))
  return steps.map((c, i) => ({ state: c.to, at: ownDay(c.to) ?? (atOnce(i) ? '' : c.at) }))
}

/**
 * The states of the usual course that lie ahead of a state: those after it, or, off the course, from the first the
 * catalog lets one go (back) to.
 */
function ahead(ledger: Ledger, state: string): string[] {
  const at = ledger.course.indexOf(state)
  if (at >= 0) return ledger.course.slice(at + 1)
  if (ledger.states.find((s) => s.id === state)?.ends) return []
  const on = ledger.transitions.find((t) => t.from.includes(state) && ledger.course.includes(t.to))
  return on ? ledger.course.slice(ledger.course.indexOf(on.to)) : []
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
    since: r.at || undefined,
  }))
  steps.push({ state, label: label(state), status: 'now', since: (now >= 0 && order[now]!.at) || undefined })
  let from = state
  for (const next of ahead(ledger, state)) {
    const role = ledger.transitions.find((t) => t.to === next && t.from.includes(from))?.role
    steps.push({ state: next, label: label(next), status: 'ahead', role })
    from = next
  }
  return steps
}
