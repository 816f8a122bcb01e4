import type { ToldLimit } from '@/api/types'
import { sayDay } from '@/text/day'

type Say = (key: string, values?: Record<string, unknown>) => string

/** The arithmetic of a limit in words: the server's own, else put together of its days. Empty where neither is known. */
export function sumOf(
  t: Say,
  limit: Pick<ToldLimit, 'sum' | 'from' | 'due' | 'says' | 'days' | 'unextended'>,
): string {
  if (limit.sum) return limit.sum
  if (!limit.from || !limit.due) return ''
  const year = Number(limit.due.slice(0, 4))
  const length = limit.says.replace(/以?内$/, '')
  const off = (limit.days ?? []).filter((d) => d.kind === 'off')
  const named = [...new Set(off.map((d) => d.why ?? '').filter((w) => w && !/^星期|^Sat|^Sun/.test(w)))]
  const skipped = [
    ...named,
    ...(off.some((d) => /^星期|^Sat|^Sun/.test(d.why ?? '')) ? [t('matter.weekends')] : []),
  ]
  const made = (limit.days ?? []).filter((d) => d.kind === 'made_up').length
  return [
    t('matter.sumFrom', { day: sayDay(t, limit.from, year), length }),
    skipped.length && off.length < 40
      ? t('matter.sumSkips', { what: skipped.join(t('common.listComma')), n: off.length })
      : '',
    made ? t('matter.sumMade', { n: made }) : '',
    limit.unextended ? t('matter.sumExtended') : '',
    t('matter.sumDue', { day: sayDay(t, limit.due, year) }),
  ]
    .filter(Boolean)
    .join(' ')
}
