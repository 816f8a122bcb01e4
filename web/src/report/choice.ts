import type { Figure, Report, ReportFigure } from '@/api/types'
import type { ChipPiece } from './pieces'

/** A figure one may put into the text. */
export interface Choice {
  indicator: string
  label: string
  /** As it will be printed, without the measure word. */
  number: string
  unit: string
  /** Belongs to the section one is in, and stands nowhere yet. */
  near: boolean
}

export const unsaidChoice = (one: Report['unsaid'][number], section: string): Choice => {
  const found = /^([-\d.,余万]+)(.*)$/.exec(one.value)
  return {
    indicator: one.indicator,
    label: one.label,
    number: found?.[1] ?? one.value,
    unit: found?.[2] ?? '',
    near: one.block === section,
  }
}
const figureChoice = (one: Figure): Choice => ({
  indicator: one.id,
  label: one.label,
  number: one.number ?? '',
  unit: one.unit,
  near: false,
})

/** What fits what was typed: the section's own unsaid figures first, then the other unsaid, then all counted ones. */
export function choicesFor(
  query: string,
  section: string,
  unsaid: Report['unsaid'],
  figures: readonly Figure[],
  most = 8,
): Choice[] {
  const first = unsaid.map((u) => unsaidChoice(u, section)).sort((a, b) => Number(b.near) - Number(a.near))
  const known = new Set(first.map((c) => c.indicator))
  const rest = figures.filter((f) => f.value !== null && !known.has(f.id)).map(figureChoice)
  const fits = (c: Choice) =>
    [...query.toLowerCase()].every((sign) =>
      `${c.label}${c.number}${c.indicator}`.toLowerCase().includes(sign),
    )
  const begins = (c: Choice) => Number(c.label.includes(query))
  return [...first, ...rest]
    .filter(fits)
    .sort((a, b) => (query ? begins(b) - begins(a) : 0))
    .slice(0, most)
}

export function chipOf(choice: Choice, period: string): ChipPiece {
  const figure: ReportFigure = {
    indicator: choice.indicator,
    kind: 'value',
    label: choice.label,
    unit: choice.unit,
    seen: choice.number,
    now: choice.number,
    status: 'fresh',
    records: 0,
    period,
  }
  return { kind: 'chip', text: choice.number, unit: choice.unit, figure }
}
