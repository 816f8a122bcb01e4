import { describe, expect, it } from 'vitest'
import { canChase, inCodeOrder, standings } from '@/county/stages'
import { firstGroup, sumsOf } from '@/county/sums'
import { barsOf, difference, printed, silent, topOf } from '@/figures/series'
import type { CountyTown, Sum, FigureDetail } from '@/api/types'

const month = (
  month: number,
  value: number | null,
  status: FigureDetail['months'][number]['status'],
  last_year: number | null = null,
) => ({ month, value, status, last_year })

describe('months of a figure', () => {
  const months = [
    month(1, 12, 'counted', 14),
    month(2, 0, 'confirmed_zero', 3),
    month(3, null, 'no_record', 20),
  ]
  it('tells a confirmed zero, a silent month and one to come apart', () => {
    const bars = barsOf(months, 2025, '2025-04-20')
    expect(bars).toHaveLength(12)
    expect(bars.slice(0, 5).map((b) => b.kind)).toEqual(['counted', 'zero', 'none', 'none', 'ahead'])
    expect(bars.map((b) => b.value).slice(0, 3)).toEqual([12, 0, null])
    expect(silent(bars)).toEqual([3, 4])
  })
  it('calls nothing to come in a year that is over', () => {
    expect(barsOf(months, 2024, '2025-01-02').filter((b) => b.kind === 'ahead')).toHaveLength(0)
    expect(barsOf(months, 2026, '2025-12-31').filter((b) => b.kind === 'ahead')).toHaveLength(10)
  })
  it('takes the scale from this year and last', () => {
    expect(topOf(barsOf(months, 2025, '2025-04-20'))).toBe(20)
    expect(topOf(barsOf([], 2025, '2025-04-20'))).toBe(1)
  })
})

describe('difference to the year before', () => {
  it('has a sign, and is none where one side is unknown', () => {
    expect(difference(219, 198, '件')).toBe('＋21')
    expect(difference(25, 31, '人次')).toBe('－6')
    expect(difference(5, 5, '件')).toBe('0')
    expect(difference(98.6, 98.5, '%')).toBe('＋0.1')
    expect(difference(1_860_000, 1_200_000, '元')).toBe('＋6600')
    expect(difference(null, 3, '件')).toBeNull()
    expect(difference(3, null, '件')).toBeNull()
  })
  it('prints by unit', () => {
    expect(printed(98.6, '%')).toBe('98.6%')
    expect(printed(1_234_567, '元')).toBe('12\u2009345.67')
    expect(printed(null, '件')).toBe('')
  })
})

describe('stages of a county', () => {
  const stages = ['collecting', 'drafted', 'submitted', 'returned', 'accepted', 'published']
  it('passes 退回 by when it did not happen', () => {
    expect(standings(stages, 'submitted')).toEqual(['done', 'done', 'now', 'ahead', 'ahead', 'ahead'])
    expect(standings(stages, 'returned')).toEqual(['done', 'done', 'done', 'back', 'ahead', 'ahead'])
    expect(standings(stages, 'accepted')).toEqual(['done', 'done', 'done', 'passed', 'end', 'ahead'])
  })
  it('keeps division order whatever the numbers', () => {
    expect(
      inCodeOrder([
        { org: '500229112', n: 1 },
        { org: '500229107', n: 9 },
      ]).map((t) => t.org),
    ).toEqual(['500229107', '500229112'])
  })
  it('chases only who has not handed in, once a day', () => {
    const town = (stage: string, chased: string | null) => ({ stage, chased }) as CountyTown
    expect(canChase(town('drafted', null), '2026-01-06')).toBe(true)
    expect(canChase(town('drafted', '2026-01-06'), '2026-01-06')).toBe(false)
    expect(canChase(town('submitted', null), '2026-01-06')).toBe(false)
  })
  it('shows the sums of one group, or those whose name was typed', () => {
    const sum = (id: string, label: string, covered = 2) =>
      ({ id, label, value: 1, covered, offices: 2 }) as Sum
    const all = [sum('F1', '纠纷'), sum('D1', '执法检查'), sum('F2', '调解'), sum('D2', '处罚', 1)]
    const groupOf = (id: string) => id[0]!
    expect(firstGroup(all, groupOf)).toBe('F')
    expect(sumsOf(all, groupOf, 'D', '').map((f) => f.id)).toEqual(['D1', 'D2'])
    expect(sumsOf(all, groupOf, 'F', '执法').map((f) => f.id)).toEqual(['D1'])
  })
})
