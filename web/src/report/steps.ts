import type { Ledger, OutlookStep } from '@/api/types'

/** How far a step leads, as the catalog orders the states; steps it does not know lead nowhere. */
function reach(step: OutlookStep, ledger: Ledger | undefined): number {
  const to = ledger?.transitions.find((one) => one.id === step.step)?.to
  return ledger?.states.findIndex((state) => state.id === to) ?? -1
}

/** The step that leads on farthest of those this person may take; one that leads back only when there is no other. */
export function mainStep(steps: readonly OutlookStep[], ledger: Ledger | undefined): OutlookStep | undefined {
  const mine = steps.filter((s) => s.may)
  const open = mine.filter((s) => !s.forbidden.length)
  return [...(open.length ? open : mine)].sort((a, b) => reach(b, ledger) - reach(a, ledger))[0]
}
