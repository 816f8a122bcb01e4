import type { Ledger } from '@/api/types'

type Say = (key: string, values?: Record<string, unknown>) => string

/** The head of a column. */
export function columnLabel(t: Say, ledger: Ledger, id: string): string {
  if (id.startsWith('@')) return t(`ledger.column.${id.slice(1)}`)
  return ledger.fields.find((f) => f.id === id)?.label ?? id
}
