import type { SubmissionList, SubmissionTaken } from '@/api/types'

export type PackageState = SubmissionList['towns'][number]['state']
/** What a county asks after first. */
const order: PackageState[] = ['missing', 'submitted', 'returned', 'accepted']

/** How many towns are in each state; states of none are left out. */
export const packageCounts = (list: SubmissionList): { state: PackageState; n: number }[] =>
  order
    .map((state) => ({ state, n: list.towns.filter((town) => town.state === state).length }))
    .filter((one) => one.n > 0)

/** The towns of one state, of all without one; the order stays. */
export const townsIn = (list: SubmissionList, state: PackageState | '') =>
  list.towns.filter((town) => !state || town.state === state)

/** What a package says it lacks, as far as the desk has words for it. */
export const lacksOf = (lacks: string): ('report' | 'manifest')[] =>
  (['report', 'manifest'] as const).filter((one) => lacks.split('、').includes(one))

/** The sentence about a package that came: taken in, or here already. */
export const takenKey = (taken: SubmissionTaken): string =>
  taken.repeated ? 'county.package.known' : 'county.package.taken'
