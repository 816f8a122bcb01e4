import type { Ledger, LedgerRecord } from '@/api/types'

/** What a record is called: its own title, else the words of its columns. */
export function titleOf(ledger: Ledger | undefined, record: LedgerRecord): string {
  const own = ownTitle(ledger, record)
  return own || columnWords(ledger, record) || record.number
}

/** A title somebody wrote; empty of kinds that have none. */
export function ownTitle(ledger: Ledger | undefined, record: LedgerRecord): string {
  const named = ledger?.fields.find(
    (f) => ['title', 'name'].includes(f.id) && f.type === 'text' && !f.personal,
  )
  const field =
    named ?? ledger?.fields.find((f) => f.type === 'text' && !f.personal && ledger.columns.includes(f.id))
  const value = field ? record.fields[field.id] : undefined
  return typeof value === 'string' ? value : ''
}

export function columnWords(ledger: Ledger | undefined, record: LedgerRecord, most = 3): string {
  return (ledger?.columns ?? [])
    .filter((c) => c !== ledger?.day && !c.startsWith('@'))
    .map((c) => record.labels[c] ?? (typeof record.fields[c] === 'string' ? String(record.fields[c]) : ''))
    .filter(Boolean)
    .slice(0, most)
    .join('　')
}

/** Whether a kind of record is led through steps, and is shown as a matter. */
export const hasSteps = (ledger: Ledger | undefined): boolean => (ledger?.transitions.length ?? 0) > 1
