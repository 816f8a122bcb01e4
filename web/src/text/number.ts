/** Digits as the screen shows them: a thin space from 10 000 on. */
export function digits(value: number | string): string {
  const text = String(value)
  const found = /^(-?)(\d{5,})(\.\d+)?$/.exec(text)
  if (!found) return text
  const whole = found[2]!.replace(/\B(?=(\d{3})+$)/g, '\u2009')
  return found[1] + whole + (found[3] ?? '')
}

/** Fen as yuan, without a needless fraction. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? '-' : ''
  const whole = Math.floor(Math.abs(fen) / 100)
  const rest = Math.abs(fen) % 100
  return sign + digits(whole) + (rest ? `.${String(rest).padStart(2, '0')}` : '')
}

/** What a person wrote as yuan, in fen; null when it is no amount. */
export function fen(text: string): number | null {
  const plain = text.replace(/[,，\s\u2009元]/g, '')
  const found = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(plain)
  if (!found) return null
  const value = Number(found[2]) * 100 + Number((found[3] ?? '').padEnd(2, '0') || 0)
  return found[1] ? -value : value
}

const small = '零一二三四五六七八九十'
/** 1 to 99 as Chinese figures. */
export function chinese(n: number): string {
  if (n <= 10) return small[n] ?? String(n)
  if (n < 20) return `十${small[n - 10]}`
  const tail = n % 10
  return `${small[Math.floor(n / 10)]}十${tail ? small[tail] : ''}`
}

export function bytes(n: number): string {
  if (n < 1024) return `${n} B`
  if (n < 1024 * 1024) return `${Math.round(n / 1024)} KB`
  return `${(n / 1024 / 1024).toFixed(1)} MB`
}
