import { address, del, get, post, upload, type Query } from './client'
import type {
  Change,
  Fields,
  FullRecord,
  Job,
  LedgerRecord,
  ListSum,
  Outlook,
  Page,
  Problem,
  Receipt,
  RecordLink,
  SearchHit,
} from './types'

export interface LedgerCount {
  id: string
  records: number
  open: number
  late: number
  last: string | null
}
export const countLedgers = (org?: string, year?: number) => get<Page<LedgerCount>>('/ledgers', { org, year })

export interface RecordQuery extends Query {
  org?: string
  period?: string
  state?: string
  where?: string[]
  q?: string
  after?: string
  limit?: number
  order?: string
}
export interface RecordPage extends Page<LedgerRecord> {
  total: number
  /** Counting stopped there: at least so many. */
  total_is_least?: boolean
  /** Asked for with totals=1; null of a list too long to be added up. */
  totals?: ListSum[] | null
}
export const listRecords = (ledger: string, query: RecordQuery = {}, signal?: AbortSignal) =>
  get<RecordPage>(`/ledgers/${ledger}/records`, query, { signal })

export interface NewRecord {
  org?: string
  fields: Fields
  state?: string
  reason?: string
  exempt?: Record<string, string>
  dry_run?: boolean
}
export const addRecord = (ledger: string, record: NewRecord, key: string) =>
  post<Receipt>(`/ledgers/${ledger}/records`, record, { key })

/** personal: reads the sealed fields too, which is written down. */
export const readRecord = (id: string, personal = false) =>
  get<FullRecord>(`/records/${id}`, { personal: personal ? 1 : undefined })
export const outlookOf = (id: string) => get<Outlook>(`/records/${id}/outlook`)
export const historyOf = (id: string) => get<Page<Change>>(`/records/${id}/history`)

export interface Action {
  action: string
  fields?: Fields
  part?: string
  version?: number
  reason?: string
  exempt?: Record<string, string>
  dry_run?: boolean
}
export const act = (id: string, action: Action, key: string) =>
  post<Receipt>(`/records/${id}/actions`, action, { key })

export const dossierAddress = (id: string, format: 'html' | 'docx') =>
  address(`/records/${id}/dossier`, { format })
export const documentAddress = (id: string, name: string, format: 'html' | 'docx') =>
  address(`/records/${id}/documents/${name}`, { format })
export const addHandler = (id: string, user: string) => post<unknown>(`/records/${id}/handlers`, { user })
export const dropHandler = (id: string, user: string) => del<unknown>(`/records/${id}/handlers/${user}`)

export const templateAddress = (ledger: string) => address(`/ledgers/${ledger}/template.xlsx`)
export const exportAddress = (ledger: string, format: 'csv' | 'xlsx' | 'json', query: RecordQuery = {}) =>
  address(`/ledgers/${ledger}/export`, { ...query, format })
export const importSheet = (
  ledger: string,
  file: File,
  ask: { dry_run?: 1; accept_good?: 1 },
  progress?: (fraction: number) => void,
) => upload<Job>(`/ledgers/${ledger}/imports`, { ...ask, name: file.name }, file, progress)
export const undoImport = (batch: string, reason: string) =>
  post<unknown>(`/imports/${batch}/undo`, { reason })

export interface StoredFile {
  hash: string
  bytes: number
  name: string
  type: string
}
export const sendFile = (file: Blob, name: string, progress?: (fraction: number) => void) =>
  upload<StoredFile>('/files', { name }, file, progress)
export const fileAddress = (hash: string, record: string) => address(`/files/${hash}`, { record })

export const search = (q: string, ask: Query = {}, signal?: AbortSignal) =>
  get<Page<SearchHit>>('/search', { q, ...ask }, { signal })

export interface RecordLinks {
  links: RecordLink[]
  backlinks: RecordLink[]
}
export const linksOf = (id: string) => get<RecordLinks>(`/records/${id}/links`)

export interface Colleague {
  id: string
  name: string
  roles: string[]
}
/** To whom a matter can be sent. */
export const listColleagues = () => get<Page<Colleague>>('/colleagues')
/** What was sent to me; all that counsel sees. */
export const mattersSentToMe = () => get<Page<LedgerRecord>>('/matters')

export interface Dossier {
  contents: { name: string; date: string | null; status: 'present' | 'filled' | 'absent' }[]
  lacks: Problem[]
}
export const readDossier = (id: string) => get<Dossier>(`/records/${id}/dossier`, { format: 'json' })
