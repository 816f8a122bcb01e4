import { get } from './client'
import type { Catalog, Deadline, Org, Page, Plan } from './types'

export const readCatalog = () => get<Catalog>('/catalog')
export const planOf = (ledger: string, from?: string) =>
  get<Plan>(`/catalog/ledgers/${ledger}/plan`, { from })
export const readOrg = (code: string) => get<Org>(`/orgs/${code}`)
export const findOrgs = (ask: { under?: string; level?: string; q?: string; limit?: number }) =>
  get<Page<Org>>('/orgs', ask)
export const deadline = (rule: string, from: string, on?: string) =>
  get<Deadline>('/deadline', { rule, from, on })
