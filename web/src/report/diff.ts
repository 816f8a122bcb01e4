export interface Part {
  text: string
  same: boolean
}

/** Digits and letters stay together, Han characters are compared one by one. */
const tokens = (text: string) => text.match(/[0-9.]+%?|[A-Za-z]+|[^]/gu) ?? []

function join(parts: Part[], text: string, same: boolean): void {
  const last = parts[parts.length - 1]
  if (last?.same === same) last.text += text
  else parts.push({ text, same })
}

/** What two texts have in common, by the longest common row of words. */
export function compareTexts(was: string, is: string): { was: Part[]; is: Part[] } {
  const a = tokens(was)
  const b = tokens(is)
  // Paragraphs have at most some thousand signs; the table is kept small by cutting the common ends.
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++
  const m = a.slice(head, a.length - tail)
  const n = b.slice(head, b.length - tail)
  const width = n.length + 1
  const best = new Uint16Array((m.length + 1) * width)
  for (let i = m.length - 1; i >= 0; i--)
    for (let j = n.length - 1; j >= 0; j--)
      best[i * width + j] =
        m[i] === n[j]
          ? best[(i + 1) * width + j + 1]! + 1
          : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!)
  const left: Part[] = []
  const right: Part[] = []
  for (const word of a.slice(0, head)) (join(left, word, true), join(right, word, true))
  let i = 0
  let j = 0
  while (i < m.length || j < n.length) {
    if (i < m.length && j < n.length && m[i] === n[j]) {
      join(left, m[i]!, true)
      join(right, n[j]!, true)
      i++
      j++
    } else if (j >= n.length || (i < m.length && best[(i + 1) * width + j]! >= best[i * width + j + 1]!))
      join(left, m[i++]!, false)
    else join(right, n[j++]!, false)
  }
  for (const word of a.slice(a.length - tail)) (join(left, word, true), join(right, word, true))
  return { was: left, is: right }
}
