import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { RecordQuery } from '@/api/records'
import type { Ledger } from '@/api/types'

/** What a list is narrowed to. It lives in the address, so that a list can be sent and gone back to. */
export interface ListFilter {
  /** As the server reads periods; '' is the year in view, 'all' the whole ledger. */
  period: string
  states: string[]
  /** Codes or offices by field: any of them. */
  where: Record<string, string[]>
  q: string
  late: boolean
  withdrawn: boolean
  oldest: boolean
}

export const noFilter = (): ListFilter => ({
  period: '',
  states: [],
  where: {},
  q: '',
  late: false,
  withdrawn: false,
  oldest: false,
})

const one = (v: LocationQuery[string] | undefined): string =>
  (Array.isArray(v) ? (v[0] ?? '') : (v ?? '')) || ''
const many = (v: LocationQuery[string] | undefined): string[] => one(v).split(',').filter(Boolean)

export function readFilter(query: LocationQuery): ListFilter {
  const where: Record<string, string[]> = {}
  for (const [name, value] of Object.entries(query)) {
    const chosen = name.startsWith('f.') ? many(value) : []
    if (chosen.length) where[name.slice(2)] = chosen
  }
  return {
    period: one(query.month) || one(query.period),
    states: many(query.state),
    where,
    q: one(query.q),
    late: one(query.late) === '1',
    withdrawn: one(query.withdrawn) === '1',
    oldest: one(query.order) === 'oldest',
  }
}

export function writeFilter(filter: ListFilter): LocationQueryRaw {
  const made: LocationQueryRaw = {}
  if (filter.period) made.period = filter.period
  if (filter.states.length) made.state = filter.states.join(',')
  for (const [field, codes] of Object.entries(filter.where))
    if (codes.length) made[`f.${field}`] = codes.join(',')
  if (filter.q) made.q = filter.q
  if (filter.late) made.late = '1'
  if (filter.withdrawn) made.withdrawn = '1'
  if (filter.oldest) made.order = 'oldest'
  return made
}

/** What the server is asked. */
export function askOf(filter: ListFilter, year: number): RecordQuery {
  return {
    period: filter.period === 'all' ? undefined : filter.period || String(year),
    state: filter.states.join(',') || undefined,
    where: Object.entries(filter.where)
      .filter(([, codes]) => codes.length)
      .map(([field, codes]) => `${field}=${codes.join('|')}`),
    q: filter.q || undefined,
    late: filter.late ? 1 : undefined,
    withdrawn: filter.withdrawn ? 1 : undefined,
    order: filter.oldest ? 'oldest' : undefined,
  }
}

/** True while the list shows a period whole: its figures then speak of what is listed. */
export const isWhole = (f: ListFilter): boolean =>
  !f.states.length && !Object.keys(f.where).length && !f.q && !f.late && !f.withdrawn

export const sameFilter = (a: ListFilter, b: ListFilter): boolean =>
  JSON.stringify(writeFilter(a)) === JSON.stringify(writeFilter(b))

/** States in which a matter is still under way. */
export const openStates = (ledger: Ledger): string[] => ledger.states.filter((s) => !s.ends).map((s) => s.id)

/** Fields one may narrow by: codes, flags' lists and offices, those in the list's columns first. */
export function filterFields(ledger: Ledger): string[] {
  const able = ledger.fields.filter(
    (f) => !f.personal && !f.sealed && (f.type === 'code' || (f.type === 'org' && f.id === ledger.place)),
  )
  const rank = (id: string) =>
    ledger.columns.includes(id) ? ledger.columns.indexOf(id) : id === ledger.place ? 50 : 100
  return able.map((f) => f.id).sort((a, b) => rank(a) - rank(b))
}
