import { address, del, get, upload } from './client'
import type { Job, Page } from './types'

// Reports of any town, held in the server's memory for an hour. Offsets count code points of the normalised text.

export type Severity = 'error' | 'warning' | 'note'
export type Counts = Record<Severity, number>

export interface CheckFinding {
  rule: string
  severity: Severity
  start: number
  end: number
  line: number
  excerpt: string
  message: string
  suggestion: string
  /** The rule's name. */
  label?: string
  /** The file's conversion may be the cause. */
  suspected?: boolean
  elsewhere?: { file: string | null; place: string | null; start: number; end: number; excerpt: string }
}

export interface CheckLine {
  line: number
  start: number
  end: number
  text: string
  kind?: string
}

export interface CheckFigure {
  value: number
  upper?: number
  unit: string
  approx: boolean
  approx_marker: string
  object: string
  kind: 'amount' | 'rate' | 'zero' | 'coverage' | 'each' | 'frequency' | 'change' | 'planned'
  indicator: string | null
  label?: string
  start: number
  end: number
  text: string
  line: number
}

export interface CheckSection {
  level: number
  number: string
  title: string
  start: number
  end: number
}

export interface CheckedReport {
  id: string
  batch: string
  file: string
  title?: string
  place?: string | null
  issuer?: string | null
  year?: number | null
  counts: Counts
  text: CheckLine[]
  sections: CheckSection[]
  findings: CheckFinding[]
  figures: CheckFigure[]
}

export interface BatchItem {
  id: string
  file: string
  place: string
  counts: Counts
}

export const checkFile = (
  file: File,
  batch: string,
  progress?: (fraction: number) => void,
  signal?: AbortSignal,
) => upload<Job<CheckedReport>>('/checks', { name: file.name, batch }, file, progress, signal)
export const readCheck = (id: string) => get<CheckedReport>(`/checks/${id}`)
export const readBatch = (batch: string) => get<Page<BatchItem>>(`/batches/${batch}`)
export const closeBatch = (batch: string) => del<unknown>(`/batches/${batch}`)
export const summaryAddress = (batch: string, format: 'xlsx' | 'html') =>
  address(`/batches/${batch}/summary`, { format })
