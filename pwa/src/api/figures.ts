import type { Call } from './client'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']
export type FigureSheet = Schemas['FigureSheet']
export type FigureView = Schemas['FigureView']
export type FigureDetail = Schemas['FigureDetail']
export type FigureTrend = Schemas['FigureTrend']
export type FigureInspectors = Schemas['FigureInspectors']
export type FigureRow = Schemas['FigureRow']
export type PlaceRow = Schemas['PlaceRow']
export type FactRow = Schemas['FactRow']
export type FigureKey = FigureView['figure']
export type ReasonCount = Schemas['ReasonCount']
export type Reason = ReasonCount['reason']
export type TaskKind = FactRow['kind']

/** What a figure is asked for: a quarter, and a jurisdiction below for those who read down. */
export interface Asked { quarter: string; jurisdiction_id?: string | undefined }
export interface RowsAsked extends Asked { department_id?: string | undefined; inspector_id?: string | undefined; kind?: string | undefined; reason?: string | undefined; cursor?: string | undefined }

const base = '/api/metrics/figures'

/** The figures, counted anew from facts at every call. */
export function figuresApi(call: Call) {
  return {
    readFigures: (asked: Asked) => call<FigureSheet>('GET', base, { query: { ...asked } }),
    readFigure: (figure: FigureKey, asked: Asked) => call<FigureDetail>('GET', `${base}/${figure}`, { query: { ...asked } }),
    readFigureTrend: (figure: FigureKey, asked: RowsAsked) => call<FigureTrend>('GET', `${base}/${figure}/trend`, { query: { ...asked } }),
    listFigureInspectors: (figure: FigureKey, departmentId: string, asked: Asked) => call<FigureInspectors>('GET', `${base}/${figure}/departments/${encodeURIComponent(departmentId)}/inspectors`, { query: { ...asked } }),
    listFigureRows: (figure: FigureKey, asked: RowsAsked) => call<Page<FactRow>>('GET', `${base}/${figure}/rows`, { query: { ...asked } }),
  }
}

/** Where the rows leave as a file; the list adds its filters. */
export const exportOfRows = (figure: FigureKey, asked: RowsAsked) =>
  `${base}/${figure}/rows/export?${new URLSearchParams(Object.fromEntries(Object.entries(asked).filter(([, value]) => value))).toString()}`
