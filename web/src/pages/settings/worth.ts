import type { Setting, SettingLater } from '@/api/administration'
import { digits, yuan } from '@/text/number'

/** A value as it is written: money stands in fen. */
export function worth(setting: Pick<Setting, 'type' | 'unit'>, value: string, unitOfMoney: string): string {
  if (setting.type === 'money' && /^-?\d+$/.test(value)) return `${yuan(Number(value))} ${unitOfMoney}`
  if (/^-?\d+(\.\d+)?$/.test(value)) return setting.unit ? `${digits(value)} ${setting.unit}` : digits(value)
  return value
}

/** What the county has in force on a day, and what it has said for later. */
export function ofCounty(
  setting: Pick<Setting, 'later'>,
  today: string,
): { now: SettingLater | null; coming: SettingLater[] } {
  const sorted = [...setting.later].sort((a, b) => a.from.localeCompare(b.from))
  return {
    now: sorted.filter((l) => l.from <= today).at(-1) ?? null,
    coming: sorted.filter((l) => l.from > today),
  }
}
