import { call, del, get, post } from './client'
import type { Org, Page, Session, SessionEntry } from './types'

export const readSession = () => get<Session>('/session', undefined, { quiet: true })
export const signIn = (user: string, password: string, code?: string) =>
  post<Session>('/session', { user, password, code }, { quiet: true })
export const signInByCode = (code: string, secondFactor?: string) =>
  post<Session>('/session/code', { code, second_factor: secondFactor }, { quiet: true })
export const signOut = () => del<unknown>('/session')

export const listSessions = () => get<Page<SessionEntry>>('/sessions')
export const endSession = (id: string) => del<unknown>(`/sessions/${id}`)

export const changePassword = (old: string, next: string) =>
  post<unknown>('/account/password', { old, new: next })
export const startSecondFactor = () =>
  post<{ secret: string; uri: string; qr_svg: string }>('/account/second-factor')
export const confirmSecondFactor = (code: string) =>
  post<{ recovery_codes: string[] }>('/account/second-factor/confirm', { code })
export const dropSecondFactor = (password: string) =>
  call<unknown>('DELETE', '/account/second-factor', { body: { password } })

/** What stands at the door for everyone: a published number of this place, with its parts. */
export interface Door {
  org_name: string
  year: number
  label: string
  number: string
  unit: string
  rows: { label: string; number: string; value: number }[]
}
export const readDoor = () => get<Door>('/door', undefined, { quiet: true })

/** Into the room with the example towns, marked on every page; out of it; and wiped without trace, for everyone. */
export const startTraining = () => post<Session>('/training')
export const leaveTraining = () => del<unknown>('/training')
export const wipeTraining = () => call<unknown>('DELETE', '/training', { query: { wipe: true } })

export interface Setup {
  place: { org: string }
  year: number
  people: { id: string; name: string; org: string; roles: string[]; ledgers?: string[] }[]
  county?: Record<string, unknown>
  /** Printed by the server when it starts; who cannot see the terminal cannot be first. */
  setup_code: string
}
/** Each new account with the one-time code its owner signs in with. */
export const setUp = (setup: Setup) =>
  post<Page<{ id: string; code: string }>>('/setup', setup, { quiet: true })
export const setupOrgs = (q: string, code: string) =>
  get<Page<Org>>('/setup/orgs', { q, setup_code: code }, { quiet: true })
