import { get, upload } from './client'
import type { SubmissionComparison, SubmissionList, SubmissionSums, SubmissionTaken } from './types'

export const readSubmissions = (org?: string, year?: number) =>
  get<SubmissionList>('/submissions', { org, year })
export const compareSubmission = (record: string) =>
  get<SubmissionComparison>(`/submissions/${record}/comparison`)
export const sumSubmissions = (org?: string, year?: number) =>
  get<SubmissionSums>('/submissions/sums', { org, year })
/** A package that came as a file; of another year than `year` it is refused. */
export const takeSubmission = (file: Blob, year: number) =>
  upload<SubmissionTaken>('/submissions', { year }, file)
