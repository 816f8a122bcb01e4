import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { followJob } from '@/api/jobs'
import { asProblem, type ApiProblem } from '@/api/problem'
import { importSheet, undoImport } from '@/api/records'
import type { ImportResult, Job } from '@/api/types'

/** refused: the file had faults and nothing of it would be taken. */
export type Imported = ImportResult & { refused?: boolean }
type Phase = 'choose' | 'sending' | 'reading' | 'preview' | 'taking' | 'taken' | 'undone'

/**
 * A sheet on its way into a ledger: judged first, taken on demand, taken back if need be. The job stands in the
 * address: after a reload its progress and its preview are there again; only the file must be chosen anew.
 */
export function useImport(ledger: string) {
  const route = useRoute()
  const router = useRouter()
  const file = shallowRef<File | null>(null)
  const name = ref(typeof route.query.file === 'string' ? route.query.file : '')
  const phase = ref<Phase>('choose')
  const fraction = ref(0)
  const note = ref('')
  const result = shallowRef<Imported | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const stop = new AbortController()
  onScopeDispose(() => stop.abort())

  const address = (job: string, taking: boolean) =>
    router.replace({ query: { job, file: name.value, ...(taking ? { take: '1' } : {}) } })

  async function follow(job: string, taking: boolean): Promise<void> {
    phase.value = taking ? 'taking' : 'reading'
    fraction.value = 0
    result.value = await followJob<Imported>(
      job,
      (now) => {
        fraction.value = now.fraction
        note.value = now.note
      },
      stop.signal,
    )
    phase.value = taking && !result.value.refused ? 'taken' : 'preview'
  }
  async function guard(run: () => Promise<void>, back: Phase): Promise<void> {
    problem.value = null
    try {
      await run()
    } catch (thrown) {
      const told = asProblem(thrown)
      if (told.code === 'aborted') return
      problem.value = told
      phase.value = back
    }
  }
  async function send(ask: { dry_run?: 1; accept_good?: 1 }): Promise<Job> {
    phase.value = 'sending'
    fraction.value = 0
    return importSheet(ledger, file.value!, ask, (f) => (fraction.value = f))
  }

  const judge = (chosen: File) =>
    guard(async () => {
      file.value = chosen
      name.value = chosen.name
      const job = await send({ dry_run: 1, accept_good: 1 })
      await address(job.id, false)
      await follow(job.id, false)
    }, 'choose')
  const take = (good: boolean) =>
    guard(async () => {
      const job = await send(good ? { accept_good: 1 } : {})
      await address(job.id, true)
      await follow(job.id, true)
    }, 'preview')
  const undo = (reason: string) =>
    guard(async () => {
      await undoImport(result.value!.batch, reason)
      phase.value = 'undone'
    }, 'taken')
  function restart(): void {
    file.value = null
    result.value = null
    problem.value = null
    phase.value = 'choose'
    void router.replace({ query: {} })
  }
  const resumed = typeof route.query.job === 'string' ? route.query.job : ''
  if (resumed) void guard(() => follow(resumed, route.query.take === '1'), 'choose')

  const lost = computed(() => phase.value === 'preview' && !file.value)
  return {
    file,
    name,
    phase,
    fraction,
    note,
    result,
    problem,
    lost,
    judge,
    take,
    undo,
    restart,
    hold: (f: File) => ((file.value = f), (name.value = f.name)),
  }
}
