/** Things with the same key together, in the order they came. (Browsers of the offices may lack Map.groupBy.) */
export function groupBy<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const own = groups.get(key(one))
    if (own) own.push(one)
    else groups.set(key(one), [one])
  }
  return groups
}
