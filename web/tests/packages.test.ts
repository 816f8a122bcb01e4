import { describe, expect, it } from 'vitest'
import type { SubmissionList, SubmissionTaken } from '@/api/types'
import { lacksOf, packageCounts, takenKey, townsIn, type PackageState } from '@/county/packages'

const list = (...states: PackageState[]): SubmissionList => ({
  org: '500229',
  year: 2023,
  towns: states.map((state, i) => ({
    org: `50022910${i}`,
    name: `示例${i}镇`,
    state,
    latest: null,
    accepted: null,
    fingerprint: null,
  })),
  accepted: 0,
  missing: [],
})

describe('packages of a year', () => {
  it('counts the missing first and leaves out states of nobody', () => {
    expect(packageCounts(list('accepted', 'missing', 'submitted', 'missing'))).toEqual([
      { state: 'missing', n: 2 },
      { state: 'submitted', n: 1 },
      { state: 'accepted', n: 1 },
    ])
    expect(packageCounts(list())).toEqual([])
  })
  it('shows the towns of one state in their order, all without one', () => {
    const all = list('returned', 'missing', 'returned')
    expect(townsIn(all, 'returned').map((town) => town.org)).toEqual(['500229100', '500229102'])
    expect(townsIn(all, '')).toHaveLength(3)
    expect(townsIn(all, 'accepted')).toEqual([])
  })
  it('says what a package lacks, and nothing it has no words for', () => {
    expect(lacksOf('')).toEqual([])
    expect(lacksOf('report')).toEqual(['report'])
    expect(lacksOf('manifest、report、else')).toEqual(['report', 'manifest'])
    expect(lacksOf('reports')).toEqual([])
  })
  it('tells one that came twice from a new one', () => {
    const taken = { repeated: false } as SubmissionTaken
    expect(takenKey(taken)).toBe('county.package.taken')
    expect(takenKey({ ...taken, repeated: true })).toBe('county.package.known')
  })
})
