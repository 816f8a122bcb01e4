import type { Day } from '@/api/types'
import { addDays, daysBetween, parts } from '@/text/day'

export interface Tick {
  day: Day
  at: number
  /** A month's first tick says its month, the others their day alone. */
  month: boolean
}

/** A real time axis: places of days in percent of its width. */
export interface Axis {
  from: Day
  to: Day
  at: (day: Day) => number
  ticks: Tick[]
}

const two = (n: number) => String(n).padStart(2, '0')
const firstOf = (year: number, month: number): Day =>
  `${year + Math.floor((month - 1) / 12)}-${two(((month - 1) % 12) + 1)}-01`

function monthly(from: Day, to: Day, every: number): Day[] {
  const p = parts(from)
  const days: Day[] = []
  let month = every >= 12 ? 13 : Math.ceil(p.month / every) * every + 1
  if (p.day === 1 && (p.month - 1) % every === 0) month = p.month
  for (; ; month += every) {
    const day = firstOf(p.year, month)
    if (day >= to) return days
    days.push(day)
  }
}

function daily(from: Day, to: Day, every: number): Day[] {
  const days: Day[] = []
  for (let day = from; day < to; day = addDays(day, every)) days.push(day)
  return days
}

/** At most about a dozen ticks: days, weeks, fortnights, months, quarters or years. */
function tickDays(from: Day, to: Day): Day[] {
  const length = daysBetween(from, to)
  if (length <= 12) return daily(from, to, 1)
  if (length <= 24) return daily(from, to, 2)
  if (length <= 91) return daily(from, to, 7)
  if (length <= 170) return daily(from, to, 14)
  if (length <= 400) return monthly(from, to, 1)
  if (length <= 1200) return monthly(from, to, 3)
  return monthly(from, to, 12)
}

/** From the first to the last of the days (today among them, if told), with a little air behind. */
export function makeAxis(days: readonly (Day | null | undefined)[], today?: Day): Axis {
  const known = [...days, today]
    .filter((d): d is Day => !!d)
    .map((d) => d.slice(0, 10))
    .sort()
  const from = known[0] ?? today ?? '2000-01-01'
  const last = known.at(-1) ?? from
  const span = Math.max(daysBetween(from, last), 7)
  const to = addDays(from, Math.max(14, span + Math.ceil(span * 0.16) + 1))
  const whole = daysBetween(from, to)
  const at = (day: Day) => Math.min(100, Math.max(0, (daysBetween(from, day) / whole) * 100))
  const ticks: Tick[] = []
  let month = ''
  for (const day of tickDays(from, to)) {
    ticks.push({ day, at: at(day), month: day.slice(0, 7) !== month })
    month = day.slice(0, 7)
  }
  return { from, to, at, ticks }
}
