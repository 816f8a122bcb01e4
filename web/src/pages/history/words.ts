import type { Catalog } from '@/api/types'

type Say = (key: string) => string
type Knows = (key: string) => boolean

const plain = (action: string) => action.replace(/[^a-z0-9]+/gi, '_')

/** What was done, in words: a step of the catalog, a part of a matter, or one of the house's own actions. */
export function actionWord(
  catalog: Catalog | null,
  ledger: string,
  action: string,
  t: Say,
  te: Knows,
): string {
  const type = catalog?.ledgers.find((l) => l.id === ledger)
  const step = type?.transitions.find((s) => s.id === action && action !== 'open')
  if (step) return step.label
  const [part, verb] = action.split('.')
  const known = verb ? type?.parts.find((p) => p.id === part) : undefined
  if (known) return `${t(`history.part.${verb === 'open' ? 'open' : 'correct'}`)}${known.label}`
  const key = `history.action.${plain(action)}`
  return te(key) ? t(key) : action
}

/** What it was done to: a ledger, or what stands in no ledger. */
export function objectWord(catalog: Catalog | null, ledger: string, t: Say, te: Knows): string {
  const type = catalog?.ledgers.find((l) => l.id === ledger)
  const key = `history.object.${plain(ledger.replace(/^@/, ''))}`
  return type?.label ?? (te(key) ? t(key) : ledger)
}

/** Chains are kept apart: "admin:500229", "access:500229", or the code of the town whose records they are. */
export function chainParts(chain: string): { kind: 'records' | 'admin' | 'access' | 'other'; scope: string } {
  const at = chain.indexOf(':')
  if (at < 0) return { kind: 'records', scope: chain }
  const kind = chain.slice(0, at)
  return { kind: kind === 'admin' || kind === 'access' ? kind : 'other', scope: chain.slice(at + 1) }
}
