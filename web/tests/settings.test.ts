import { describe, expect, it } from 'vitest'
import { monthsOf, stretches } from '@/pages/settings/months'
import { ofCounty, worth } from '@/pages/settings/worth'

describe('a year of small months', () => {
  const year = {
    year: 2024,
    off: [{ date: '2024-02-10', why: '春节' }],
    work: [{ date: '2024-02-18', why: '春节' }],
  }
  it('has every day once, Monday first', () => {
    const months = monthsOf(year)
    expect(months).toHaveLength(12)
    expect(months.reduce((n, m) => n + m.days.length, 0)).toBe(366)
    expect(months[1]!.blanks).toBe(3) // 2024-02-01 was a Thursday
    expect(months[8]!.blanks).toBe(6) // 2024-09-01 was a Sunday
  })
  it('knows days off, make-up days, weekends and usual days', () => {
    const days = new Map(monthsOf(year)[1]!.days.map((d) => [d.day, d]))
    expect(days.get(10)).toEqual({ date: '2024-02-10', day: 10, kind: 'off', why: '春节' })
    expect(days.get(18)?.kind).toBe('work')
    expect(days.get(11)?.kind).toBe('weekend')
    expect(days.get(9)?.kind).toBe('usual')
  })
  it('joins days off that follow one another under one name', () => {
    const off = [
      ['2025-10-08', '国庆节'],
      ['2025-10-05', '国庆节'],
      ['2025-10-06', '中秋节'],
      ['2025-10-07', '国庆节'],
    ]
    expect(
      stretches(off.map(([date, why]) => ({ date: date!, why: why! }))).map((s) => [s.why, s.from, s.days]),
    ).toEqual([
      ['国庆节', '2025-10-05', 1],
      ['中秋节', '2025-10-06', 1],
      ['国庆节', '2025-10-07', 2],
    ])
    expect(
      stretches([
        { date: '2024-12-31', why: '元旦' },
        { date: '2025-01-01', why: '元旦' },
      ]),
    ).toHaveLength(1)
  })
})

describe('values', () => {
  it('writes money in yuan and leaves shares as they are', () => {
    expect(worth({ type: 'money', unit: '' }, '500000', '元')).toBe('5000 元')
    expect(worth({ type: 'share', unit: '' }, '1/2', '元')).toBe('1/2')
    expect(worth({ type: 'count', unit: '日' }, '30', '元')).toBe('30 日')
  })
  it('knows what the county has in force and what is to come', () => {
    const later = [
      { from: '2026-03-01', value: '10', source: 'b' },
      { from: '2025-01-01', value: '15', source: 'a' },
    ]
    expect(ofCounty({ later }, '2026-01-06').now?.value).toBe('15')
    expect(ofCounty({ later }, '2026-01-06').coming).toHaveLength(1)
    expect(ofCounty({ later }, '2024-12-31').now).toBeNull()
    expect(ofCounty({ later }, '2026-03-01').now?.value).toBe('10')
  })
})
