import type { Gate, Ledger, Transition } from '@/api/types'
import type { Statute } from '@/composables/statute'

/** A bar ends in 不得 and leaves what is barred to its step; a label in another language is not hung onto it. */
export const wholeBar = (says: string, step: string): string =>
  says.endsWith('不得') && /[\u4e00-\u9fff]/.test(step) ? says + step : says

/** What governs the making of a record: the gate of its beginning that forbids most, else the law of the ledger. */
export function statuteOf(ledger: Ledger | undefined): Statute | null {
  if (!ledger) return null
  const open = ledger.transitions.find((s) => s.id === 'open')
  const next = ledger.transitions.find((s) => s.from.includes(open?.to ?? ''))
  const named = (step: Transition | undefined) =>
    (step?.gates ?? []).map((g) => ({ ...g, says: wholeBar(g.says, step!.label) }))
  const rank = (g: Gate) => (g.blocks ? 0 : 2) + (g.certainty === 'V' ? 0 : 1)
  const gate = [...named(open), ...ledger.gates, ...named(next)].sort((a, b) => rank(a) - rank(b))[0]
  if (gate)
    return {
      source: gate.source,
      says: gate.says,
      binding: gate.binding,
      certainty: gate.certainty,
      ledger: ledger.id,
    }
  return ledger.law ? { source: ledger.law, says: ledger.help, ledger: ledger.id } : null
}
