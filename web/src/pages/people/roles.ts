import type { Catalog } from '@/api/types'

/** Separate accounts that do none of the office's work; the catalog does not know them. */
export const administrators = ['system_admin', 'security_admin', 'audit_admin'] as const
/** Whoever writes in from the public pages: a role of the catalog that no account can bear. */
export const anyone = 'public'
export const isAdministrator = (role: string) => administrators.some((a) => a === role)

export interface Duty {
  ledger: string
  label: string
  /** Records begin with him. */
  opens: boolean
  /** The other steps that are his, in words. */
  steps: string[]
}

/** What the catalog gives to a role: ledgers it opens and steps it takes, in the order of the catalog. */
export function dutiesOf(catalog: Catalog, role: string): Duty[] {
  return catalog.ledgers.flatMap((l) => {
    const mine = l.transitions.filter((s) => s.role === role)
    if (!mine.length) return []
    const steps = mine.filter((s) => s.id !== 'open').map((s) => s.label)
    return [
      { ledger: l.id, label: l.label, opens: mine.some((s) => s.id === 'open'), steps: [...new Set(steps)] },
    ]
  })
}
