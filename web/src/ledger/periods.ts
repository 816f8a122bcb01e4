/** A period one may choose, and the key of its words. */
export interface PeriodChoice {
  value: string
  kind: 'year' | 'half' | 'quarter' | 'month' | 'all'
  year: number
  n: number
}

const two = (n: number) => String(n).padStart(2, '0')

/** The year in view first, its quarters and months, the years before, the whole ledger. */
export function periodChoices(year: number): PeriodChoice[] {
  return [
    { value: '', kind: 'year', year, n: 0 },
    ...[1, 2, 3, 4].map((n): PeriodChoice => ({ value: `${year}-Q${n}`, kind: 'quarter', year, n })),
    ...Array.from({ length: 12 }, (_, i): PeriodChoice => ({
      value: `${year}-${two(i + 1)}`,
      kind: 'month',
      year,
      n: i + 1,
    })),
    ...[year - 1, year - 2].map((y): PeriodChoice => ({ value: String(y), kind: 'year', year: y, n: 0 })),
    { value: 'all', kind: 'all', year, n: 0 },
  ]
}

/** A period of the address in its parts, for its words; other forms are shown as they stand. */
export function readPeriod(value: string, year: number): PeriodChoice | null {
  if (!value) return { value, kind: 'year', year, n: 0 }
  if (value === 'all') return { value, kind: 'all', year, n: 0 }
  const found = /^(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})))?$/.exec(value)
  if (!found) return null
  const [, y, q, h, m] = found
  const kind = q ? 'quarter' : h ? 'half' : m ? 'month' : 'year'
  return { value, kind, year: Number(y), n: Number(q ?? h ?? m ?? 0) }
}
