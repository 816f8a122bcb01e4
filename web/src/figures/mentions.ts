import type { Report } from '@/api/types'
import { isBound } from '@/report/pieces'
import { sectionsOf } from '@/report/outline'

/** Where a figure stands in the year's report. */
export interface Mention {
  block: string
  /** （五）, or the heading when it has no number. */
  place: string
  sentence: string
}

/** The first place of every figure in the text. */
export function mentionsOf(report: Pick<Report, 'blocks' | 'missing'>): Map<string, Mention> {
  const found = new Map<string, Mention>()
  const sections = sectionsOf(report)
  for (const section of sections) {
    const heading = section.blocks[0]
    const place = heading?.number || section.title
    for (const block of section.blocks)
      for (const sentence of block.sentences)
        for (const run of sentence.runs)
          if (isBound(run.figure) && !found.has(run.figure.indicator))
            found.set(run.figure.indicator, {
              block: block.id,
              place: place.replace(/、$/, ''),
              sentence: sentence.runs.map((r) => r.text).join(''),
            })
  }
  return found
}
