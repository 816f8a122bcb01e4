import type { Block, Finding, Report, Run } from '@/api/types'
import { isBound } from './pieces'

/** A heading with what stands under it, up to the next heading. */
export interface Section {
  id: string
  level: number
  title: string
  blocks: Block[]
  /** Numbers bound to figures in it. */
  figures: number
  /** A required part of it is not written. */
  lacks: boolean
}

/** A number in the text. */
export interface Spot {
  block: string
  run: number
}

export const runsOf = (block: Pick<Block, 'sentences'>): Run[] => block.sentences.flatMap((s) => s.runs)
export const wordsOf = (block: Pick<Block, 'sentences'>) =>
  runsOf(block)
    .map((r) => r.text)
    .join('')

export function sectionsOf(report: Pick<Report, 'blocks' | 'missing'>): Section[] {
  const made: Section[] = []
  for (const block of report.blocks) {
    if (block.kind === 'heading')
      made.push({
        id: block.id,
        level: block.level,
        title: block.number + wordsOf(block),
        blocks: [],
        figures: 0,
        lacks: false,
      })
    const last = made[made.length - 1]
    if (!last || block.kind === 'signature' || block.kind === 'date') continue
    last.blocks.push(block)
    last.figures += runsOf(block).filter((r) => isBound(r.figure)).length
    if (block.kind === 'missing' && block.required) last.lacks = true
  }
  for (const gap of report.missing)
    for (const section of made) if (gap.required && gap.where === section.id) section.lacks = true
  return made
}

/** The section a block stands in; empty before the first heading. */
export const sectionOf = (sections: readonly Section[], block: string) =>
  sections.find((s) => s.blocks.some((b) => b.id === block))

/** Every number of a standing, in the order of the text. */
export function spots(report: Pick<Report, 'blocks'>, is: (run: Run) => boolean): Spot[] {
  return report.blocks.flatMap((block) =>
    runsOf(block).flatMap((run, n) => (is(run) ? [{ block: block.id, run: n }] : [])),
  )
}
/** Its number has changed since it was written, or since somebody said that it stays. */
export const isStale = (run: Run) => run.figure?.status === 'stale'
export const isBare = (run: Run) => run.figure?.status === 'bare'
/** Says that nothing was, and no zero return confirms it. */
export const isOpenZero = (run: Run) => run.figure?.status === 'zero' && !run.figure.now

/** The same figure elsewhere in the text. */
export function twins(report: Pick<Report, 'blocks'>, spot: Spot): Spot[] {
  const block = report.blocks.find((b) => b.id === spot.block)
  const own = block && runsOf(block)[spot.run]?.figure
  if (!isBound(own)) return []
  return spots(
    report,
    (r) =>
      isBound(r.figure) &&
      r.figure.indicator === own.indicator &&
      r.figure.dimension === own.dimension &&
      r.figure.group === own.group,
  ).filter((s) => s.block !== spot.block || s.run !== spot.run)
}

const rank = { error: 0, warning: 1, note: 2 } as const
/** In the order of the text; those of the whole report last. */
export function inTextOrder(findings: readonly Finding[], blocks: readonly Block[]): Finding[] {
  const place = new Map(blocks.map((b, i) => [b.id, i]))
  const at = (f: Finding) => place.get(f.block ?? '') ?? blocks.length
  return [...findings].sort(
    (a, b) => at(a) - at(b) || a.start - b.start || rank[a.severity] - rank[b.severity],
  )
}
