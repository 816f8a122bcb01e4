import type { Block, Finding, ReportFigure, Run } from '@/api/types'
import { isBound } from './pieces'

/** A stretch of a paragraph drawn alike: a chip, a bare number, or words, with what was found there. */
export interface Segment {
  kind: 'words' | 'chip' | 'bare'
  text: string
  /** Printed inside the chip. */
  unit: string
  figure?: ReportFigure
  /** The run it is part of, counted over the block. */
  run: number
  /** Code points of the block's words. */
  start: number
  end: number
  /** Place as the editor counts (pieces.ts). */
  at: number
  kept?: Run['kept']
  finding?: Finding
}

const points = (text: string) => [...text]
const rank = { error: 0, warning: 1, note: 2 } as const

/** The gravest finding of the place. */
function worst(findings: readonly Finding[], from: number, to: number): Finding | undefined {
  return findings
    .filter((f) => f.start < to && f.end > from)
    .sort((a, b) => rank[a.severity] - rank[b.severity] || a.end - a.start - (b.end - b.start))[0]
}

/** Words are cut where a finding begins or ends; findings of the whole report or of another block are not given. */
export function segmentsOf(block: Block, findings: readonly Finding[] = []): Segment[] {
  const own = findings.filter((f) => f.block === block.id && f.end > f.start)
  const cuts = own.flatMap((f) => [f.start, f.end])
  const made: Segment[] = []
  let at = 0
  let unit = ''
  const push = (s: Omit<Segment, 'finding' | 'at'>, size: number) => {
    made.push({ ...s, at })
    at += size
  }
  block.sentences
    .flatMap((s) => s.runs)
    .forEach((run, n) => {
      const base = { run: n, figure: run.figure, kept: run.kept, unit: '' }
      const bare = run.figure?.status === 'bare'
      if (isBound(run.figure)) {
        push({ ...base, kind: 'chip', text: run.text, start: run.start, end: run.end }, 1)
        unit = run.figure.unit
        return
      }
      let from = run.start
      let left = points(run.text)
      const chip = made[made.length - 1]
      if (unit && chip?.kind === 'chip' && run.text.startsWith(unit)) {
        const n = points(unit).length
        chip.unit = unit
        chip.end += n
        from += n
        left = left.slice(n)
      }
      unit = ''
      if (bare) {
        const words = left.join('')
        if (words) push({ ...base, kind: 'bare', text: words, start: from, end: run.end }, words.length)
        return
      }
      const stops = [...new Set([from, ...cuts.filter((c) => c > from && c < run.end), run.end])].sort(
        (a, b) => a - b,
      )
      for (let i = 0; i + 1 < stops.length; i++) {
        const words = left.slice(stops[i]! - from, stops[i + 1]! - from).join('')
        if (words)
          push({ ...base, kind: 'words', text: words, start: stops[i]!, end: stops[i + 1]! }, words.length)
      }
    })
  // Last, because a chip grows by its measure word.
  for (const s of made) s.finding = worst(own, s.start, s.end)
  return made
}
