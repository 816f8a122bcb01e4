import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { readCatalog } from '@/api/catalog'
import type { Catalog, Field, IndicatorInfo, Ledger, ListCode } from '@/api/types'
import { useLook } from './look'

/** The catalog of the office, once a session and language; the browser asks with its ETag. */
export const useCatalog = defineStore('catalog', () => {
  const catalog = shallowRef<Catalog | null>(null)
  let asked: Promise<Catalog> | null = null

  async function fetchIt(): Promise<Catalog> {
    try {
      return (catalog.value = await readCatalog())
    } catch (thrown) {
      asked = null
      throw thrown
    }
  }
  const ready = (): Promise<Catalog> => (asked ??= fetchIt())

  const look = useLook()
  watch(
    () => look.language,
    () => {
      if (!asked) return
      asked = null
      void ready()
    },
  )

  const ledgers = computed(() => new Map(catalog.value?.ledgers.map((l) => [l.id, l]) ?? []))
  const indicators = computed(() => new Map(catalog.value?.indicators.map((i) => [i.id, i]) ?? []))
  const groups = computed(() => catalog.value?.groups ?? [])

  const ledger = (id: string): Ledger | undefined => ledgers.value.get(id)
  const indicator = (id: string): IndicatorInfo | undefined => indicators.value.get(id)
  const ledgersOf = (group: string) => catalog.value?.ledgers.filter((l) => l.group === group) ?? []
  /** The codes of a list that are in use on a day. */
  function codes(list: string | undefined, day?: string): ListCode[] {
    const all = (list && catalog.value?.lists[list]) || []
    return day ? all.filter((c) => !(c.from && c.from > day) && !(c.to && c.to < day)) : all
  }
  const field = (ledgerId: string, id: string): Field | undefined =>
    ledger(ledgerId)?.fields.find((f) => f.id === id)
  const role = (id: string) => catalog.value?.roles[id] ?? id

  return { catalog, groups, ready, ledger, ledgersOf, indicator, codes, field, role }
})
