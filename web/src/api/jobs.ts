import { address, del, get } from './client'
import { ApiProblem, type ProblemCode } from './problem'
import type { Job } from './types'

export const readJob = <T>(id: string) => get<Job<T>>(`/jobs/${id}`)
export const dropJob = (id: string) => del<unknown>(`/jobs/${id}`)

/** Follows a job to its end; where the event stream breaks for good it asks once a second. */
export function followJob<T>(
  id: string,
  progress: (job: Job<T>) => void = () => {},
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((done, fail) => {
    const stream = new EventSource(address(`/jobs/${id}/events`))
    const end = (job: Job<T>) => {
      stream.close()
      if (job.state === 'done') return done(job.result as T)
      const { code, detail, problems } = job.error ?? { code: 'internal', detail: '', problems: [] }
      fail(new ApiProblem(code as ProblemCode, 0, detail, problems))
    }
    const told = (event: MessageEvent) => JSON.parse(event.data) as Job<T>
    stream.addEventListener('progress', (e) => progress(told(e)))
    stream.addEventListener('done', (e) => end(told(e)))
    stream.addEventListener('failed', (e) => end(told(e)))
    stream.onerror = async () => {
      if (stream.readyState !== EventSource.CLOSED) return
      try {
        for (;;) {
          const job = await readJob<T>(id)
          if (job.state === 'done' || job.state === 'failed') return end(job)
          progress(job)
          await new Promise((r) => setTimeout(r, 1000))
          if (signal?.aborted) return
        }
      } catch (lost) {
        fail(lost)
      }
    }
    signal?.addEventListener('abort', () => {
      stream.close()
      fail(new ApiProblem('aborted', 0, ''))
    })
  })
}
