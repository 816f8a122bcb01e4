import { get, type Query } from './client'
import type { Figure, FigureDetail, FigureRecord, Page } from './types'

export interface FigureQuery extends Query {
  org?: string
  period?: string
  group?: string
  ids?: string
}
export const listFigures = (query: FigureQuery = {}) => get<Page<Figure>>('/figures', query)
export const readFigure = (id: string, query: FigureQuery = {}) => get<FigureDetail>(`/figures/${id}`, query)
export const recordsOfFigure = (id: string, query: Query = {}) =>
  get<Page<FigureRecord>>(`/figures/${id}/records`, query)
