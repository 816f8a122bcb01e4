import { computed, type Ref } from 'vue'
import { historyOf, linksOf, outlookOf, readRecord } from '@/api/records'
import { useLoad } from '@/composables/load'
import { useCatalog } from '@/stores/catalog'
import { useLook } from '@/stores/look'

/** A record with what stands around it, for its page and for the page of its matter. */
export function useRecord(id: Ref<string>) {
  const catalog = useCatalog()
  const look = useLook()
  const on = [id, () => look.language]
  const main = useLoad(async () => {
    if (!id.value) return null
    await catalog.ready()
    const record = await readRecord(id.value)
    const around = await linksOf(id.value).catch(() => null)
    return { ...record, links: around?.links ?? [], backlinks: around?.backlinks ?? [] }
  }, on)
  const outlook = useLoad(async () => (id.value ? outlookOf(id.value) : null), on)
  const history = useLoad(async () => (id.value ? (await historyOf(id.value)).items : []), on)
  const record = computed(() => (main.data.value?.id === id.value ? main.data.value : null))
  const ledger = computed(() => (record.value ? catalog.ledger(record.value.type) : undefined))
  async function reload(): Promise<void> {
    await Promise.all([main.reload(), outlook.reload(), history.reload()])
  }
  // Steps and parts in the words of the catalog, which speaks the reader's language.
  const ahead = computed(() => {
    const told = outlook.data.value
    const type = ledger.value
    if (!told || !type) return told
    const steps = told.steps.map((s) => {
      const known = type.transitions.find((x) => x.id === s.step)
      return { ...s, label: known?.label || s.label, asks: known?.asks ?? [] }
    })
    const parts = told.parts.map((p) => ({
      ...p,
      label: type.parts.find((x) => x.id === p.part)?.label || p.label,
    }))
    return { ...told, steps, parts }
  })
  return {
    record,
    ledger,
    outlook: ahead,
    history: history.data,
    problem: main.problem,
    waiting: main.waiting,
    reload,
  }
}
