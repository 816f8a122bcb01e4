import type { CountyTown } from '@/api/types'

export type Standing = 'done' | 'now' | 'back' | 'end' | 'ahead' | 'passed'

/** How each stage of a town is drawn: 退回 is passed by when it did not happen. */
export function standings(stages: readonly string[], stage: string): Standing[] {
  const at = stages.indexOf(stage)
  return stages.map((s, i) => {
    if (i === at) return s === 'returned' ? 'back' : s === 'accepted' || s === 'published' ? 'end' : 'now'
    if (i > at) return 'ahead'
    return s === 'returned' ? 'passed' : 'done'
  })
}

/** Not handed in and nobody was reminded today. */
export const canChase = (town: CountyTown, today: string) =>
  (town.stage === 'collecting' || town.stage === 'drafted' || town.stage === 'returned') &&
  town.chased !== today

/** By division code, whatever the numbers say. */
export const inCodeOrder = <T extends { org: string }>(towns: readonly T[]): T[] =>
  [...towns].sort((a, b) => (a.org < b.org ? -1 : a.org > b.org ? 1 : 0))
