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
 * The step that leads on from a state: the first the catalog names whose end is not behind. None where several ends
 * and nothing else are left: then no way is the usual one.
 */
function onward(ledger: Ledger, state: string, behind: ReadonlySet<string>): Transition | undefined {
  const at = ledger.states.findIndex((s) => s.id === state)
  const open = ledger.transitions.filter(
    (t) => t.from.includes(state) && !behind.has(t.to) && ledger.states.findIndex((s) => s.id === t.to) > at,
  )
  const ends = open.filter((t) => ledger.states.find((s) => s.id === t.to)?.ends)
  return open.length > 1 && ends.length === open.length ? undefined : open[0]
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
