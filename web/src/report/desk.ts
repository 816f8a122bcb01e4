import { computed, inject, provide, ref, shallowRef, type InjectionKey } from 'vue'
import { newKey } from '@/api/client'
import { asProblem, type ApiProblem } from '@/api/problem'
import * as api from '@/api/reports'
import type { Report } from '@/api/types'
import type { Choice } from './choice'
import { blockWith, draftOf, type Piece } from './pieces'
import { isBare, isStale, runsOf, sectionsOf, spots, type Spot } from './outline'

/** A paragraph that was not taken because somebody else had changed it. */
export interface Clash {
  block: string
  mine: Piece[]
  theirs: string
}

/**
 * One report on the desk. Changes go out one after the other, each with the version the reader saw, and the report
 * that comes back is the one shown.
 */
export function useReportDesk(first: Report) {
  const report = shallowRef<Report>(first)
  const clash = shallowRef<Clash | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  /** The paragraph whose text could not be sent; it is kept until it can. */
  const unsent = shallowRef<{ block: string; pieces: Piece[] } | null>(null)
  const saving = ref(0)
  /** The number whose evidence is shown. */
  const chosen = shallowRef<Spot | null>(null)
  /** The finding that is open. */
  const finding = ref('')
  /** The paragraph that is being edited, and how to put a figure where its caret stands. */
  const editing = shallowRef<{ block: string; insert: (choice: Choice) => void } | null>(null)
  let line: Promise<unknown> = Promise.resolve()

  const id = computed(() => report.value.record)
  const sections = computed(() => sectionsOf(report.value))
  const stale = computed(() => spots(report.value, isStale))
  const bare = computed(() => spots(report.value, isBare))
  const block = (of: string) => report.value.blocks.find((b) => b.id === of)
  const run = computed(() => {
    const at = chosen.value
    const found = at && block(at.block)
    return (found && runsOf(found)[at.run]) || null
  })

  function take(next: Report): void {
    report.value = next
    problem.value = null
  }

  /** False when it was not done; why is told by `problem` or `clash`. */
  function change(
    ask: (version: number) => Promise<Report>,
    failed?: (told: ApiProblem) => boolean,
  ): Promise<boolean> {
    const turn = line.then(async () => {
      saving.value++
      try {
        take(await ask(report.value.version))
        return true
      } catch (thrown) {
        const told = asProblem(thrown)
        if (!failed?.(told)) problem.value = told
        return false
      } finally {
        saving.value--
      }
    })
    line = turn
    return turn
  }

  async function reload(): Promise<void> {
    await change(() => api.readReport(id.value))
  }

  function save(of: string, pieces: Piece[]): Promise<boolean> {
    const shown = report.value.blocks.map((b) => (b.id === of ? blockWith(b, pieces) : b))
    report.value = { ...report.value, blocks: shown }
    const sent = change(
      (version) => api.writeBlock(id.value, of, version, draftOf(pieces)),
      (told) => {
        if (told.code === 'stale') {
          clash.value = { block: of, mine: pieces, theirs: told.problems[0]?.message ?? told.message }
          void reload()
          return true
        }
        unsent.value = { block: of, pieces }
        return false
      },
    )
    return sent.then((done) => {
      if (done && unsent.value?.block === of) unsent.value = null
      return done
    })
  }

  /** Ends a clash: the reader's own words over the other's, or the other's as they are. */
  async function settle(mine: boolean): Promise<void> {
    const now = clash.value
    clash.value = null
    if (now && mine) await save(now.block, now.mine)
  }

  const add = (after: string, pieces: Piece[]) => {
    const key = newKey()
    return change((version) =>
      api.addBlock(id.value, { version, after, kind: 'paragraph', runs: draftOf(pieces) }, key),
    )
  }
  const drop = (of: string) => change((version) => api.dropBlock(id.value, of, version))
  const accept = (at: Spot) => change((version) => api.acceptFigure(id.value, { version, ...at }))
  const acceptAll = () => change((version) => api.acceptFigure(id.value, { version, all: true }))
  const keep = (at: Spot, reason: string) =>
    change((version) => api.keepDigit(id.value, { version, ...at, reason }))
  const bind = (of: string, start: number, end: number, to: api.Candidate) =>
    change((version) =>
      api.bindDigit(id.value, {
        version,
        block: of,
        start,
        end,
        indicator: to.indicator,
        ...(to.group ? { group: to.group } : {}),
      }),
    )
  const redraft = () => change((version) => api.redraft(id.value, version))
  const takeOffer = (of: string) => change((version) => api.takeOffer(id.value, of, version))
  const remark = (of: string, run: number | undefined, text: string, key: string) =>
    change(() => api.remark(id.value, { block: of, ...(run === undefined ? {} : { run }), text }, key))
  const answer = (of: string, text: string, key: string) => change(() => api.answerRemark(of, text, key))

  /** Shows a place of the text: scrolled to, and its evidence beside it. */
  function show(at: Spot | { block: string }): void {
    chosen.value = 'run' in at ? at : null
    requestAnimationFrame(() => {
      const place =
        'run' in at
          ? `[data-block="${CSS.escape(at.block)}"] [data-run="${at.run}"]`
          : `[data-block="${CSS.escape(at.block)}"]`
      document.querySelector(place)?.scrollIntoView({ block: 'center', behavior: 'instant' })
    })
  }
  function step(list: readonly Spot[], by: 1 | -1 = 1): void {
    const all = list
    if (!all.length) return
    const at = all.findIndex((s) => s.block === chosen.value?.block && s.run === chosen.value.run)
    show(all[(at + by + all.length) % all.length]!)
  }

  return {
    report,
    clash,
    problem,
    unsent,
    saving,
    chosen,
    finding,
    editing,
    sections,
    stale,
    bare,
    run,
    block,
    reload,
    take,
    save,
    settle,
    add,
    drop,
    accept,
    acceptAll,
    keep,
    bind,
    redraft,
    takeOffer,
    remark,
    answer,
    show,
    step,
  }
}
export type ReportDesk = ReturnType<typeof useReportDesk>

const key: InjectionKey<ReportDesk> = Symbol('report desk')
export const provideDesk = (desk: ReportDesk) => provide(key, desk)
export function useDesk(): ReportDesk {
  const desk = inject(key)
  if (!desk) throw new Error('no report on this desk')
  return desk
}
