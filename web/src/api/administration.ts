import { del, get, patch, post, put, type Query } from './client'
import type { Certainty, Day, Job, Moment, Page } from './types'

// ---- people: the security administrator's

export interface Person {
  id: string
  name: string
  org: string
  org_name: string
  roles: string[]
  /** Null: all. */
  ledgers: string[] | null
  reads_only: boolean
  disabled: boolean
  must_change_password: boolean
  second_factor: boolean
  has_password: boolean
  locked: boolean
  last_seen: Moment | null
}
export interface NewPerson {
  id: string
  name: string
  org: string
  roles: string[]
  ledgers: string[]
  reads_only?: boolean
}
export type PersonChange = Partial<Omit<NewPerson, 'id'> & { disabled: boolean }>

export const listUsers = (ask: Query = {}) => get<Page<Person>>('/users', ask)
/** With a one-time sign-in code, told this once. */
export const addUser = (person: NewPerson) => post<Person & { code?: string }>('/users', person)
export const changeUser = (id: string, change: PersonChange) => patch<Person>(`/users/${id}`, change)
export const newUserCode = (id: string) => post<{ code: string }>(`/users/${id}/code`)
export const endUserSessions = (id: string) => post<unknown>(`/users/${id}/end-sessions`)
export const dropUserFactor = (id: string) => del<unknown>(`/users/${id}/second-factor`)

// ---- settings and calendars: for everyone to read

export interface SettingLater {
  from: Day
  value: string
  source: string
}
export interface Setting {
  id: string
  label: string
  type: 'share' | 'money' | 'count' | 'days' | 'text' | string
  unit: string
  /** In force today. */
  value: string
  /** As the statute or the house has it where nobody said otherwise. */
  statute: string
  later: SettingLater[]
  delegated: string
  source: string
  certainty: Certainty
}
export interface CalendarYear {
  year: number
  off: { date: Day; why: string }[]
  work: { date: Day; why: string }[]
  source: string
}
export const listSettings = () => get<Page<Setting>>('/settings')
export const readCalendar = (year: number) => get<CalendarYear>('/calendar', { year })

// ---- history: the audit administrator's

export interface HistoryEntry {
  chain: string
  seq: number
  at: Moment
  actor: string
  actor_name: string
  ledger: string
  record: string | null
  action: string
}
export interface HistoryPage {
  chains: string[]
  chain?: string
  items: HistoryEntry[]
  /** Give it as `before` for what happened earlier. */
  next: number | null
}
export interface Proof {
  sound: boolean
  chains: number
  events: number
  records: number
  tally_rows: number
  attachments: number
  faults: { where: string; message: string }[]
}
export const readHistory = (ask: Query = {}) => get<HistoryPage>('/history', ask)
export const checkHistory = () => post<Job<Proof>>('/history/check')

// ---- backups: the system administrator's; the self-check of every administrator

export interface Backup {
  name: string
  at: Moment
  bytes: number
  /** Made by the plan. */
  daily: boolean
  verified: Moment | null
}
export interface SecurityItem {
  id: string
  ok: boolean
  message: string
  why: string
  users: string[]
}
export interface BackupPlan {
  on: boolean
  /** Time of the day: 02:30. */
  at: string
  /** Empty: in the data directory. */
  folder?: string
  keep?: number
}
export interface BackupState extends Page<Backup> {
  plan: BackupPlan
  /** What to see to, in words. */
  warnings: string[]
}
export const listBackups = () => get<BackupState>('/backups')
export const planBackups = (plan: BackupPlan) => put<BackupPlan>('/backups/plan', plan)
export const makeBackup = () => post<Job<Backup>>('/backups')
export const readSecurity = () => get<Page<SecurityItem>>('/security')
