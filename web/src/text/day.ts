import type { Day } from '@/api/types'

// Days are names, not moments: they are taken apart as text and never meet a time zone.

export interface Parts {
  year: number
  month: number
  day: number
}

export function parts(day: Day): Parts {
  const [year = 0, month = 0, date = 0] = day.slice(0, 10).split('-').map(Number)
  return { year, month, day: date }
}

const utc = (day: Day) => {
  const p = parts(day)
  return Date.UTC(p.year, p.month - 1, p.day)
}

export const daysBetween = (from: Day, to: Day) => Math.round((utc(to) - utc(from)) / 86_400_000)

export const addDays = (day: Day, n: number): Day =>
  new Date(utc(day) + n * 86_400_000).toISOString().slice(0, 10)

/** 0 is Monday. */
export const weekday = (day: Day) => (new Date(utc(day)).getUTCDay() + 6) % 7

/** What people write as a day, or null: 2026-1-6, 2026.1.6, 2026年1月6日, 20260106. */
export function readDay(text: string): Day | null {
  const plain = text.trim().replace(/[０-９]/g, (d) => String.fromCharCode(d.charCodeAt(0) - 0xfee0))
  const found =
    /^(\d{4})[-./年]\s*(\d{1,2})[-./月]\s*(\d{1,2})日?$/.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  if (!found) return null
  const day = `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}`
  return isDay(day) ? day : null
}

function isDay(day: Day): boolean {
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day
}

type Say = (key: string, values?: Record<string, unknown>) => string

/** 1月6日 · 6 Jan; with the year when it is not the one in view. */
export function sayDay(t: Say, day: Day | null | undefined, year?: number): string {
  if (!day) return ''
  const p = parts(day)
  const values = { y: p.year, m: p.month, d: p.day, mon: t(`common.months.${p.month - 1}`) }
  return year !== undefined && p.year !== year ? t('common.dayOfYear', values) : t('common.day', values)
}

/** 1月5日 16:20 */
export function sayMoment(t: Say, moment: string | null | undefined, year?: number): string {
  if (!moment) return ''
  return `${sayDay(t, moment.slice(0, 10), year)} ${moment.slice(11, 16)}`
}

/** The day in the lunar calendar, as Chinese offices print it; empty where the browser has none. */
export function lunar(day: Day): string {
  try {
    const made = new Intl.DateTimeFormat('zh-CN-u-ca-chinese', {
      month: 'long',
      day: 'numeric',
      timeZone: 'UTC',
    }).formatToParts(new Date(utc(day)))
    const month = made.find((p) => p.type === 'month')?.value ?? ''
    const date = Number(made.find((p) => p.type === 'day')?.value)
    if (!month || !date) return ''
    const ten = ['初', '十', '廿', '三'][Math.floor(date / 10)]!
    const one = '十一二三四五六七八九'[date % 10]!
    const said = date === 10 ? '初十' : date === 20 ? '二十' : date === 30 ? '三十' : ten + one
    return month.replace('十一月', '冬月').replace('十二月', '腊月') + said
  } catch {
    return ''
  }
}
