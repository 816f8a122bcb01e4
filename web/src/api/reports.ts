import { address, del, get, post, put } from './client'
import type { Page, Report, ReportFigure, ReportItem } from './types'

export type FigureName = Pick<ReportFigure, 'indicator' | 'dimension' | 'group'>
/** Words, or a figure by its name with the text it had, which tells two of one name apart. */
export type RunDraft = { text: string } | { text?: string; figure: FigureName }
export interface Candidate {
  indicator: string
  label: string
  value: string
  number?: string
  unit?: string
  group?: string
  same_unit?: boolean
  same_topic?: boolean
}

export const listReports = (org?: string) => get<Page<ReportItem>>('/reports', { org })
export const draftReport = (ask: { org?: string; year: number; outline?: string }, key: string) =>
  post<Report>('/reports', ask, { key })
export const readReport = (record: string, version?: number) => get<Report>(`/reports/${record}`, { version })
export const writeBlock = (record: string, block: string, version: number, runs: RunDraft[]) =>
  put<Report>(`/reports/${record}/blocks/${block}`, { version, runs })
export const addBlock = (
  record: string,
  ask: { version: number; after: string; kind: string; runs: RunDraft[] },
  key: string,
) => post<Report>(`/reports/${record}/blocks`, ask, { key })
export const dropBlock = (record: string, block: string, version: number) =>
  del<Report>(`/reports/${record}/blocks/${block}`, undefined, { query: { version } })
export const redraft = (record: string, version: number) =>
  post<Report>(`/reports/${record}/redraft`, { version })
export const takeOffer = (record: string, block: string, version: number) =>
  post<Report>(`/reports/${record}/offer`, { block, version })
export const acceptFigure = (
  record: string,
  ask: { version: number; block?: string; run?: number; all?: true },
) => post<Report>(`/reports/${record}/accept`, ask)
export const bindDigit = (
  record: string,
  ask: { version: number; block: string; start: number; end: number; indicator: string; group?: string },
) => post<Report>(`/reports/${record}/bind`, ask)
export const candidates = (record: string, block: string, start: number, end: number) =>
  get<Page<Candidate>>(`/reports/${record}/candidates`, { block, start, end })
export const keepDigit = (
  record: string,
  ask: { version: number; block: string; run: number; reason: string },
) => post<Report>(`/reports/${record}/keep`, ask)
export const compareVersions = (record: string, from: number, to: number) =>
  get<Page<{ block: string; was: { text: string }[]; is: { text: string }[] }>>(
    `/reports/${record}/compare`,
    { from, to },
  )
export const remark = (record: string, ask: { block: string; run?: number; text: string }, key: string) =>
  post<Report>(`/reports/${record}/remarks`, ask, { key })
export const answerRemark = (id: string, text: string, key: string) =>
  post<Report>(`/remarks/${id}/answer`, { text }, { key })
export const previewAddress = (record: string) => address(`/reports/${record}/preview`)
export const reportFileAddress = (record: string, format: 'docx' | 'html' | 'md' | 'pdf', version?: number) =>
  address(`/reports/${record}/file`, { format, version })
