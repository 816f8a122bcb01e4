import { get } from './client'
import type { SubmissionComparison, SubmissionList, SubmissionSums } from './types'

export const readSubmissions = (org?: string, year?: number) =>
  get<SubmissionList>('/submissions', { org, year })
export const compareSubmission = (record: string) =>
  get<SubmissionComparison>(`/submissions/${record}/comparison`)
export const sumSubmissions = (org?: string, year?: number) =>
  get<SubmissionSums>('/submissions/sums', { org, year })
