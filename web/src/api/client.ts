import { ApiProblem, type ProblemCode } from './problem'

export const root = '/api/v1'

export type Query = Record<string, string | number | boolean | string[] | null | undefined>

export interface Ask {
  query?: Query
  /** Sent as JSON; a Blob goes as it is. */
  body?: unknown
  /** The client key of a write on records: made when the form is opened, the same for every retry. */
  key?: string
  signal?: AbortSignal
  headers?: Record<string, string>
  /** Do not send the reader to the sign-in page when nobody is signed in. */
  quiet?: boolean
}

let csrf = ''
let language = 'zh'
let onSignedOut: () => void = () => {}

export function setCsrf(token: string): void {
  csrf = token
}

export function setLanguage(to: string): void {
  language = to
}

export function whenSignedOut(run: () => void): void {
  onSignedOut = run
}

export function address(path: string, query: Query = {}): string {
  const words = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) words.append(name, String(one))
  }
  const tail = words.toString()
  return root + path + (tail ? `?${tail}` : '')
}

/** A key no other request has; also where the page is not served by TLS and randomUUID is missing. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

async function send(method: string, path: string, ask: Ask): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': language,
    ...ask.headers,
  }
  let body: BodyInit | undefined
  if (ask.body instanceof Blob) {
    body = ask.body
    headers['Content-Type'] = ask.body.type || 'application/octet-stream'
  } else if (ask.body !== undefined) {
    body = JSON.stringify(ask.body)
    headers['Content-Type'] = 'application/json'
  }
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf
  if (ask.key) headers['Idempotency-Key'] = ask.key
  return fetch(address(path, ask.query), {
    method,
    headers,
    body,
    signal: ask.signal,
    credentials: 'same-origin',
  })
}

async function problemOf(answer: Response): Promise<ApiProblem> {
  let told: { code?: string; title?: string; detail?: string; problems?: [] } = {}
  try {
    told = await answer.json()
  } catch {
    // A proxy's own page: the status is all there is to tell.
  }
  const code = (told.code ?? (answer.status >= 500 ? 'unavailable' : 'internal')) as ProblemCode
  const wait = Number(answer.headers.get('Retry-After') ?? 0)
  const says = told.detail || told.title || answer.statusText
  return new ApiProblem(code, answer.status, says, told.problems ?? [], wait, told)
}

/** Asks once, and again after a lost connection only where a second asking cannot do it twice. */
export async function call<T>(method: string, path: string, ask: Ask = {}): Promise<T> {
  const again = method === 'GET' || ask.key !== undefined
  for (let turn = 0; ; turn++) {
    let answer: Response
    try {
      answer = await send(method, path, ask)
    } catch (lost) {
      if (ask.signal?.aborted) throw new ApiProblem('aborted', 0, String(lost))
      if (again && turn < 2 && navigator.onLine) {
        await pause(300 * 4 ** turn)
        continue
      }
      throw new ApiProblem('offline', 0, '')
    }
    if (answer.status === 503 && again && turn < 2) {
      await pause(300 * 4 ** turn)
      continue
    }
    if (answer.ok) {
      const json = (answer.headers.get('Content-Type') ?? '').includes('json')
      return (json ? await answer.json() : await answer.text()) as T
    }
    const problem = await problemOf(answer)
    if (problem.code === 'unauthenticated' && !ask.quiet) onSignedOut()
    throw problem
  }
}

export const get = <T>(path: string, query?: Query, ask: Ask = {}) => call<T>('GET', path, { ...ask, query })
export const post = <T>(path: string, body?: unknown, ask: Ask = {}) =>
  call<T>('POST', path, { ...ask, body: body ?? {} })
export const put = <T>(path: string, body: unknown, ask: Ask = {}) => call<T>('PUT', path, { ...ask, body })
export const patch = <T>(path: string, body: unknown, ask: Ask = {}) =>
  call<T>('PATCH', path, { ...ask, body })
export const del = <T>(path: string, body?: unknown, ask: Ask = {}) =>
  call<T>('DELETE', path, { ...ask, body })

/** Sends a file with its progress, which fetch cannot tell. */
export function upload<T>(
  path: string,
  query: Query,
  file: Blob,
  progress: (fraction: number) => void = () => {},
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((done, fail) => {
    const line = new XMLHttpRequest()
    line.open('POST', address(path, query))
    line.setRequestHeader('X-CSRF-Token', csrf)
    line.setRequestHeader('Accept-Language', language)
    line.setRequestHeader('Content-Type', file.type || 'application/octet-stream')
    line.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total)
    line.onerror = () => fail(new ApiProblem('offline', 0, ''))
    line.onabort = () => fail(new ApiProblem('aborted', 0, ''))
    line.onload = () => {
      if (line.status < 300) return done(JSON.parse(line.responseText) as T)
      problemOf(new Response(line.responseText, { status: line.status })).then(fail)
    }
    signal?.addEventListener('abort', () => line.abort())
    line.send(file)
  })
}
