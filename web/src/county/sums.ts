import type { Sum } from '@/api/types'

/** Sums of one group whose name holds what was typed, in the catalog's order. */
export function sumsOf(
  all: readonly Sum[],
  groupOf: (id: string) => string,
  group: string,
  words: string,
): Sum[] {
  const wanted = words.trim()
  return all.filter((f) => (wanted ? f.label.includes(wanted) : groupOf(f.id) === group))
}

/** The group shown first: the one with most sums that are whole. */
export function firstGroup(all: readonly Sum[], groupOf: (id: string) => string): string {
  const counts = new Map<string, number>()
  for (const f of all)
    if (f.value !== null && f.covered >= f.offices)
      counts.set(groupOf(f.id), (counts.get(groupOf(f.id)) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'F'
}
