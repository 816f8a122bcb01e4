import type { Severity } from '@/api/checks'
import type { Numbered } from './marks'

/** The groups of rules, as the checker has them. */
export const groups = [
  'arithmetic',
  'structure',
  'time',
  'identity',
  'substance',
  'residue',
  'repetition',
  'format',
  'ledger',
] as const

export interface GroupTally {
  id: string
  count: number
  /** Of the gravest finding. */
  worst: Severity | null
}

const grave: Record<Severity, number> = { error: 3, warning: 2, note: 1 }

/** One row a group, also those that found nothing; unknown groups last. */
export function tally(findings: readonly Numbered[]): GroupTally[] {
  const rows = new Map<string, GroupTally>(groups.map((id) => [id, { id, count: 0, worst: null }]))
  for (const f of findings) {
    const row = rows.get(f.group) ?? { id: f.group, count: 0, worst: null }
    row.count++
    if (!row.worst || grave[f.severity] > grave[row.worst]) row.worst = f.severity
    rows.set(f.group, row)
  }
  return [...rows.values()]
}
