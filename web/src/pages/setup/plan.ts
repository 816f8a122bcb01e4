import type { Setup } from '@/api/session'
import type { Catalog } from '@/api/types'

// What the wizard fills. Who keeps a ledger at first is read off the catalog: the role that opens its records.

export const administrators = ['system_admin', 'security_admin', 'audit_admin'] as const

export interface Office {
  id: string
  name: string
  roles: string[]
  ledgers: string[]
}

export interface Person {
  id: string
  name: string
  office: string
  role: string
  /** Name of his village; of all others their town. */
  village?: string
}

/** The groups are those ledgers of which the catalog only says that some clerk opens them. */
const usual: { id: string; roles: string[]; groups: string }[] = [
  { id: 'justice', roles: ['legal_officer', 'justice_head', 'mediator', 'counsel'], groups: 'BEG' },
  { id: 'enforcement', roles: ['enforcement_officer', 'enforcement_head'], groups: 'D' },
  {
    id: 'general',
    roles: ['office_clerk', 'office_head', 'town_head', 'secrecy_reviewer', 'archivist'],
    groups: 'AC',
  },
  { id: 'safety', roles: ['petition_clerk', 'grid_worker'], groups: 'F' },
  { id: 'department', roles: ['department_clerk'], groups: '' },
  { id: 'village', roles: ['village_clerk'], groups: '' },
]

export function firstOffices(catalog: Catalog, name: (id: string) => string): Office[] {
  const opens = (ledger: Catalog['ledgers'][number]) =>
    ledger.transitions.find((t) => t.id === 'open')?.role ?? 'department_clerk'
  const known = new Set(usual.flatMap((o) => (o.id === 'department' ? [] : o.roles)))
  return usual.map((o) => ({
    id: o.id,
    name: name(o.id),
    roles: o.roles.filter((r) => r in catalog.roles),
    ledgers: catalog.ledgers
      .filter((l) => (known.has(opens(l)) ? o.roles.includes(opens(l)) : o.groups.includes(l.group)))
      .map((l) => l.id),
  }))
}

const villageName = /[村居]$|社区$|嘎查$|委会$/

export const unkept = (catalog: Catalog, offices: readonly Office[]): string[] => {
  const kept = new Set(offices.flatMap((o) => o.ledgers))
  return catalog.ledgers.filter((l) => !kept.has(l.id)).map((l) => l.id)
}

/** Lines of a spreadsheet: account, name, office or village, post; the last two by name or id. */
export function readPeople(
  text: string,
  offices: readonly Office[],
  roles: Record<string, string>,
): Person[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.split(/\t|[,，]/).map((cell) => cell.trim()))
    .filter((cells) => cells.length >= 2 && cells[0] && /^[\w.-]+$/.test(cells[0]))
    .map(([id = '', name = '', office = '', role = '']) => {
      const named = offices.find((o) => o.name === office || o.id === office)
      const village = !named && villageName.test(office) ? { village: office } : {}
      const in_ = named ?? (village.village ? offices.find((o) => o.id === 'village') : undefined)
      const post = Object.entries(roles).find(([code, label]) => label === role || code === role)?.[0]
      return { id, name, office: in_?.id ?? '', role: post ?? in_?.roles[0] ?? '', ...village }
    })
}

export type Fault =
  | { kind: 'place' }
  | { kind: 'person'; n: number; what: 'account' | 'name' | 'post' | 'village' }
  | { kind: 'admin'; role: string }
  | { kind: 'twice'; id: string }

/** What lacks before it can be sent. */
export function faults(place: string, people: readonly Person[]): Fault[] {
  const found: Fault[] = place ? [] : [{ kind: 'place' }]
  people.forEach((p, i) => {
    if (!p.id) found.push({ kind: 'person', n: i + 1, what: 'account' })
    if (!p.name) found.push({ kind: 'person', n: i + 1, what: 'name' })
    if (!p.role) found.push({ kind: 'person', n: i + 1, what: 'post' })
    if (p.office === 'village' && !p.village && !administrators.some((a) => a === p.role))
      found.push({ kind: 'person', n: i + 1, what: 'village' })
  })
  for (const role of administrators)
    if (!people.some((p) => p.role === role)) found.push({ kind: 'admin', role })
  const seen = new Set<string>()
  for (const p of people) {
    if (p.id && seen.has(p.id)) found.push({ kind: 'twice', id: p.id })
    seen.add(p.id)
  }
  return found
}

export function setupOf(
  place: string,
  offices: readonly Office[],
  people: readonly Person[],
  year: number,
  county: Record<string, unknown>,
  code: string,
): Setup {
  return {
    place: { org: place },
    year,
    people: people.map((p) => {
      const ledgers = offices.find((o) => o.id === p.office)?.ledgers
      const admin = administrators.some((a) => a === p.role)
      return {
        id: p.id,
        name: p.name,
        org: p.office === 'village' && p.village && !admin ? p.village : place,
        roles: [p.role],
        ...(ledgers && !admin ? { ledgers } : {}),
      }
    }),
    ...(Object.keys(county).length ? { county } : {}),
    setup_code: code,
  }
}
