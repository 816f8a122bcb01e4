import type { FigureDetail, FigureStatus } from '@/api/types'
import { digits, yuan } from '@/text/number'

export interface MonthBar {
  month: number
  /** null: nothing recorded, or not yet come. */
  value: number | null
  last: number | null
  kind: 'counted' | 'zero' | 'none' | 'ahead'
}

const known: readonly FigureStatus[] = ['counted', 'confirmed_zero', 'partial']

/** Twelve months of a figure. `today` tells the months that have not come from those without a record. */
export function barsOf(months: FigureDetail['months'], year: number, today: string): MonthBar[] {
  const [nowYear = 0, nowMonth = 0] = today.split('-').map(Number)
  const ahead = (month: number) => year > nowYear || (year === nowYear && month > nowMonth)
  return Array.from({ length: 12 }, (_, i) => {
    const month = i + 1
    const found = months.find((m) => m.month === month)
    const has = !!found && known.includes(found.status) && found.value !== null
    const kind = has
      ? found.status === 'confirmed_zero'
        ? 'zero'
        : 'counted'
      : ahead(month)
        ? 'ahead'
        : 'none'
    return { month, value: has ? found.value : null, last: found?.last_year ?? null, kind }
  })
}

/** The top of the scale: the largest bar or tick, never nothing. */
export const topOf = (bars: readonly MonthBar[]) =>
  Math.max(1, ...bars.flatMap((b) => [b.value ?? 0, b.last ?? 0]))

/** Months before today without a record. */
export const silent = (bars: readonly MonthBar[]) => bars.filter((b) => b.kind === 'none').map((b) => b.month)

/** A value of a figure as printed: money is in fen, a rate in percent. */
export function printed(value: number | null, unit: string): string {
  if (value === null) return ''
  if (unit === '元') return yuan(value)
  const text = Number.isInteger(value) ? digits(value) : String(Math.round(value * 10) / 10)
  return unit === '%' ? `${text}%` : text
}

/** ＋21 · －6 · 0; null when one of both is unknown. */
export function difference(now: number | null, last: number | null | undefined, unit: string): string | null {
  if (now === null || last === null || last === undefined) return null
  const by = Math.round((now - last) * 10) / 10
  const size =
    unit === '元' ? yuan(Math.abs(by)) : Number.isInteger(by) ? digits(Math.abs(by)) : String(Math.abs(by))
  return by === 0 ? '0' : (by > 0 ? '＋' : '－') + size
}
