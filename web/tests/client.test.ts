// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { address, get, newKey, post, setCsrf, whenSignedOut } from '@/api/client'
import { asProblem } from '@/api/problem'

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
const fetched = vi.fn<typeof fetch>()

beforeEach(() => {
  vi.stubGlobal('fetch', fetched)
  vi.stubGlobal('navigator', { onLine: true })
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 400 })
})
afterEach(() => {
  fetched.mockReset()
  vi.useRealTimers()
})

describe('client', () => {
  it('writes addresses without empty words', () =>
    expect(address('/due', { org: '', within: '7d', where: ['a=1', 'b=2'], mine: undefined })).toBe(
      '/api/v1/due?within=7d&where=a%3D1&where=b%3D2',
    ))

  it('makes keys of the usual form', () => {
    expect(newKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(newKey()).not.toBe(newKey())
  })

  it('sends the token and the key with a write, and the same key again after a lost connection', async () => {
    setCsrf('token')
    fetched.mockRejectedValueOnce(new TypeError('lost')).mockResolvedValueOnce(answer(201, { number: '1' }))
    expect(await post('/ledgers/dispute/records', { fields: {} }, { key: 'k' })).toEqual({ number: '1' })
    const sent = fetched.mock.calls.map(([, init]) => new Headers(init?.headers))
    expect(sent.map((h) => [h.get('X-CSRF-Token'), h.get('Idempotency-Key')])).toEqual([
      ['token', 'k'],
      ['token', 'k'],
    ])
  })

  it('never repeats a write without a key', async () => {
    fetched.mockRejectedValue(new TypeError('lost'))
    const problem = asProblem(await post('/users', {}).catch((e: unknown) => e))
    expect([problem.code, fetched.mock.calls.length]).toEqual(['offline', 1])
  })

  it('tells problems by field', async () => {
    fetched.mockResolvedValue(
      answer(422, {
        code: 'invalid',
        title: 't',
        problems: [
          { where: 'parties[1].name', message: 'm' },
          { where: '', message: 'n' },
        ],
      }),
    )
    const problem = asProblem(await get('/x').catch((e: unknown) => e))
    expect(problem.byField.get('parties')?.[0]?.message).toBe('m')
    expect(problem.outside(['parties']).map((p) => p.message)).toEqual(['n'])
  })

  it('tells how long to wait', async () => {
    fetched.mockResolvedValue(answer(429, { code: 'too_many' }, { 'Retry-After': '540' }))
    expect(asProblem(await get('/x').catch((e: unknown) => e)).retryAfter).toBe(540)
  })

  it('says when the session ended, but not to the sign-in page itself', async () => {
    const ended = vi.fn()
    whenSignedOut(ended)
    fetched.mockImplementation(async () => answer(401, { code: 'unauthenticated' }))
    await get('/due').catch(() => {})
    await get('/session', {}, { quiet: true }).catch(() => {})
    expect(ended).toHaveBeenCalledTimes(1)
  })
})
