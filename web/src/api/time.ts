import { get, type Query } from './client'
import type { Clock, Completeness, Due } from './types'

export const due = (ask: Query = {}) => get<Due>('/due', ask)
export const completeness = (org?: string, year?: number) => get<Completeness>('/completeness', { org, year })
export const clock = (org?: string, year?: number) => get<Clock>('/clock', { org, year })
