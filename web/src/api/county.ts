import { get, post } from './client'
import type { County } from './types'

export const readCounty = (org?: string, year?: number) => get<County>('/county', { org, year })
export const chase = (org: string, year: number) => post<unknown>('/county/chase', { org, year })
