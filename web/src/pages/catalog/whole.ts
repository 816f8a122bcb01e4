import type { Catalog, Certainty, IndicatorInfo, Ledger } from '@/api/types'

// A ledger's procedure as one reads it: nothing is judged here, only put in order.

export interface Cited {
  id: string
  source: string
  certainty: Certainty
}

/** Every place of the ledger that cites something: gates of records, steps and parts, and time limits. */
export function citedIn(ledger: Ledger): Cited[] {
  return [
    ...ledger.gates,
    ...ledger.transitions.flatMap((s) => s.gates),
    ...ledger.parts.flatMap((p) => p.gates),
    ...ledger.deadlines,
  ]
}

export function surety(cited: readonly Cited[]): { seen: number; quoted: number; unseen: number } {
  const of = (test: (c: string) => boolean) => cited.filter((c) => test(c.certainty)).length
  return {
    seen: of((c) => c === 'V'),
    quoted: of((c) => c.startsWith('V-')),
    unseen: of((c) => !c.startsWith('V')),
  }
}

export const lawOf = (source: string) => source.split(/\s+/)[0] ?? ''

/** The laws a ledger cites, its own first, each with how often. */
export function lawsOf(ledger: Ledger): { law: string; times: number }[] {
  const found = new Map<string, number>(ledger.law ? [[ledger.law, 0]] : [])
  for (const c of citedIn(ledger)) {
    const law = lawOf(c.source)
    if (law) found.set(law, (found.get(law) ?? 0) + 1)
  }
  return [...found].map(([law, times]) => ({ law, times }))
}

/** The element of the page that a hash means: an id of its own, else the first place that cites the law. */
export function placeOf(ledger: Ledger, hash: string): string {
  const all = citedIn(ledger)
  const own = all.find((c) => c.id === hash)
  return (own ?? all.find((c) => lawOf(c.source) === hash))?.id ?? hash
}

export const indicatorsOf = (catalog: Catalog, ledger: string): IndicatorInfo[] =>
  catalog.indicators.filter((i) => i.ledger === ledger)

/** What a step asks for, in words; what the catalog calls "@reason" is a reason. */
export function askWords(ledger: Ledger, asks: readonly string[], reason: string): string[] {
  const labels = new Map(ledger.fields.map((f) => [f.id, f.label]))
  return asks.map((a) => (a === '@reason' ? reason : (labels.get(a) ?? a)))
}

/** Words of a ledger that the find box looks through; all must occur. */
export function fits(ledger: Ledger, words: string): boolean {
  const all = words.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (!all.length) return true
  const text = [
    ledger.label,
    ledger.id,
    ledger.help ?? '',
    ledger.law,
    ...citedIn(ledger).map((c) => c.source),
    ...ledger.transitions.map((s) => s.label),
    ...ledger.fields.map((f) => f.label),
  ]
    .join('\n')
    .toLowerCase()
  return all.every((w) => text.includes(w))
}
