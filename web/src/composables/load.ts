import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import { asProblem, type ApiProblem } from '@/api/problem'

export interface Load<T> {
  data: ShallowRef<T | null>
  problem: ShallowRef<ApiProblem | null>
  /** True only after 300 ms of waiting: what comes at once must not flicker. */
  waiting: Ref<boolean>
  reload: () => Promise<void>
}

/** Reads something for a page, again whenever a source changes; what is on the page stays until the new is there. */
export function useLoad<T>(read: (signal: AbortSignal) => Promise<T>, sources: WatchSource[] = []): Load<T> {
  const data = shallowRef<T | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const waiting = ref(false)
  let stop: AbortController | null = null

  async function reload(): Promise<void> {
    stop?.abort()
    const own = (stop = new AbortController())
    const clock = setTimeout(() => (waiting.value = true), 300)
    try {
      const found = await read(own.signal)
      if (own.signal.aborted) return
      data.value = found
      problem.value = null
    } catch (thrown) {
      const told = asProblem(thrown)
      if (!own.signal.aborted && told.code !== 'aborted') problem.value = told
    } finally {
      clearTimeout(clock)
      if (stop === own) waiting.value = false
    }
  }

  watch(sources, () => void reload(), { immediate: true })
  onScopeDispose(() => stop?.abort())
  return { data, problem, waiting, reload }
}
