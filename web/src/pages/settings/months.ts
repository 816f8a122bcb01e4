import type { CalendarYear } from '@/api/administration'
import { weekday } from '@/text/day'

// A year as twelve small months. What no notice names is a usual day or a usual weekend.

export type DayKind = 'usual' | 'weekend' | 'off' | 'work'

export interface MonthDay {
  date: string
  day: number
  kind: DayKind
  why: string
}

const two = (n: number) => String(n).padStart(2, '0')
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

export interface SmallMonth {
  month: number
  /** Empty cells before the first, Monday first. */
  blanks: number
  days: MonthDay[]
}

export function monthsOf(calendar: Pick<CalendarYear, 'year' | 'off' | 'work'>): SmallMonth[] {
  const off = new Map(calendar.off.map((d) => [d.date, d.why]))
  const work = new Map(calendar.work.map((d) => [d.date, d.why]))
  return Array.from({ length: 12 }, (_, i) => {
    const month = i + 1
    const days = Array.from({ length: daysIn(calendar.year, month) }, (__, d): MonthDay => {
      const date = `${calendar.year}-${two(month)}-${two(d + 1)}`
      const kind = work.has(date) ? 'work' : off.has(date) ? 'off' : weekday(date) > 4 ? 'weekend' : 'usual'
      return { date, day: d + 1, kind, why: work.get(date) ?? off.get(date) ?? '' }
    })
    return { month, blanks: weekday(days[0]!.date), days }
  })
}

export interface Stretch {
  why: string
  from: string
  to: string
  days: number
}

/** Days off that follow one another under one name, as a notice lists them. */
export function stretches(days: readonly { date: string; why: string }[]): Stretch[] {
  const found: Stretch[] = []
  for (const d of [...days].sort((a, b) => a.date.localeCompare(b.date))) {
    const last = found.at(-1)
    if (last && last.why === d.why && Date.parse(d.date) - Date.parse(last.to) === 86_400_000) {
      last.to = d.date
      last.days++
    } else found.push({ why: d.why, from: d.date, to: d.date, days: 1 })
  }
  return found
}
