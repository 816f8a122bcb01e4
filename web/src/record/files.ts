import type { Field, Fields, FullRecord, Ledger, Value } from '@/api/types'

/** A paper of a record and where it hangs. */
export interface Paper {
  field: string
  hash: string
  label: string
  /** The part it hangs on; of the record itself absent. */
  part?: string
}

const hashes = (v: Value | undefined): string[] =>
  [v ?? []].flat().filter((h): h is string => typeof h === 'string' && h !== '')

function papersIn(fields: readonly Field[], values: Fields, part?: string): Paper[] {
  return fields
    .filter((f) => f.type === 'file')
    .flatMap((f) =>
      hashes(values[f.id]).map((hash, i, all) => {
        const label = all.length > 1 ? `${f.label} ${i + 1}` : f.label
        return { field: f.id, hash, label, part }
      }),
    )
}

/** All papers of a record and its parts, under the names of their fields. */
export function papersOf(ledger: Ledger | undefined, record: FullRecord): Paper[] {
  if (!ledger) return []
  const own = papersIn(ledger.fields, record.fields)
  const more = record.parts
    .filter((p) => !p.withdrawn)
    .flatMap((p) => papersIn(ledger.parts.find((k) => k.id === p.part)?.fields ?? [], p.fields, p.id))
  return [...own, ...more]
}
