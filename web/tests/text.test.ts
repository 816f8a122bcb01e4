import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, lunar, parts, readDay, weekday } from '@/text/day'
import { bytes, chinese, digits, fen, yuan } from '@/text/number'

describe('days', () => {
  it('reads what people write, and nothing else', () => {
    for (const text of ['2026-1-6', '2026.01.06', '2026/1/6', '2026年1月6日', '20260106', '２０２６-1-6'])
      expect(readDay(text), text).toBe('2026-01-06')
    for (const text of ['', '1月6日', '2026-13-01', '2026-02-30', 'soon'])
      expect(readDay(text), text).toBeNull()
  })
  it('counts across years and leap days without a time zone', () => {
    expect(daysBetween('2025-12-30', '2026-01-09')).toBe(10)
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(weekday('2026-01-06')).toBe(1)
    expect(parts('2026-01-06T09:20:00+08:00')).toEqual({ year: 2026, month: 1, day: 6 })
  })
  it('knows the lunar day', () => expect(lunar('2026-01-06')).toBe('冬月十八'))
})

describe('numbers', () => {
  it('sets a thin space from 10 000 on', () => {
    expect(digits(9999)).toBe('9999')
    expect(digits(1234567)).toBe('1\u2009234\u2009567')
    expect(digits('-12345.6')).toBe('-12\u2009345.6')
    expect(digits('98.6')).toBe('98.6')
  })
  it('keeps money exact', () => {
    expect(yuan(1234567)).toBe('12\u2009345.67')
    expect(yuan(500)).toBe('5')
    expect(fen('12,345.67')).toBe(1234567)
    expect(fen('0.1')).toBe(10)
    expect(fen('19.99')).toBe(1999)
    expect(fen('-5')).toBe(-500)
    for (const text of ['1.234', '一万', '']) expect(fen(text), text).toBeNull()
  })
  it('writes Chinese figures', () =>
    expect([1, 10, 12, 20, 43].map(chinese)).toEqual(['一', '十', '十二', '二十', '四十三']))
  it('writes sizes', () =>
    expect([bytes(900), bytes(204800), bytes(1258291)]).toEqual(['900 B', '200 KB', '1.2 MB']))
})
