import type { Field, Ledger, LedgerRecord } from '@/api/types'

/** A column of a list: a field of the ledger, or what every record has (@number, @state, @due …). */
export interface ListColumn {
  id: string
  field?: Field
  right: boolean
}

const common = ['@number', '@state', '@due', '@org', '@place', '@day', '@by'] as const
const wide = new Set(['rows', 'file'])
const numeric = new Set(['count', 'number', 'money'])

/** What may stand in a list: nothing personal, no papers, no lines. */
export function possibleColumns(ledger: Ledger): string[] {
  const fields = ledger.fields.filter((f) => !f.personal && !f.sealed && !wide.has(f.type)).map((f) => f.id)
  const dated = ledger.deadlines.length > 0
  return [
    ...common.filter((c) => c !== '@due' || dated).filter((c) => c !== '@state' || ledger.states.length > 1),
    ...fields,
  ]
}

/** The catalog's columns, the number before them and the due day behind. */
export function usualColumns(ledger: Ledger): string[] {
  const own = ledger.columns.filter((c) => c !== '@number' && c !== '@due')
  const possible = new Set(possibleColumns(ledger))
  return ['@number', ...own, '@due'].filter((c) => possible.has(c))
}

/** What was chosen, as far as the catalog still has it; the number always leads. */
export function chosenColumns(ledger: Ledger, chosen: readonly string[] | null | undefined): ListColumn[] {
  const possible = new Set(possibleColumns(ledger))
  const kept = (chosen ?? []).filter((c) => possible.has(c))
  const ids = kept.length ? ['@number', ...kept.filter((c) => c !== '@number')] : usualColumns(ledger)
  return ids.map((id) => {
    const field = ledger.fields.find((f) => f.id === id)
    return { id, field, right: !!field && numeric.has(field.type) }
  })
}

/** A number of the same year as the list goes without it: 12-31; others whole. */
export const shortDay = (day: string, year: number): string =>
  day.startsWith(`${year}-`) ? day.slice(5, 10) : day.slice(0, 10)

/** The text of a cell of a field: its words where it has any, else the value as it stands. */
export function cellText(record: LedgerRecord, field: Field): string {
  const said = record.labels[field.id]
  if (said !== undefined) return said
  const value = record.fields[field.id]
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.filter((v) => typeof v !== 'object').join('、')
  return typeof value === 'object' ? '' : String(value)
}

const tones: Record<string, string> = { green: 's', yellow: 'h', orange: 'h', red: 'z', blue: 'q' }
/** A code named after a colour is drawn in it; its word stands in it all the same. */
export const toneOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? tones[value] : undefined
