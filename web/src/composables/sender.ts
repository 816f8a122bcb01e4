import { onScopeDispose, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useCatalog } from '@/stores/catalog'
import { useSession } from '@/stores/session'
import { useNotice } from './notice'
import { useOutbox } from './outbox'

/** Sends the outbox as soon as there is a network, and says what arrived. Used once, by the shell. */
export function useSender(): void {
  const { t } = useI18n()
  const session = useSession()
  const catalog = useCatalog()
  const { say } = useNotice()
  const { online, count, flush, open } = useOutbox()

  async function send(): Promise<void> {
    const arrived = await flush()
    const one = arrived[0]
    if (arrived.length > 1) return say(t('outbox.sent', { n: arrived.length }))
    if (!one) return
    const link = {
      text: catalog.ledger(one.ledger)?.label ?? '',
      to: { name: 'record', params: { id: one.record } },
    }
    say(t(one.repeated ? 'form.repeated' : 'form.saved', { number: one.number }), { link })
  }
  watch(
    () => session.user?.id,
    (user) => user && void open(user).then(send),
    { immediate: true },
  )
  watch(online, (on) => on && void send())
  // The browser may think itself online while the server cannot be reached: try again now and then.
  const clock = setInterval(() => count.value && void send(), 30_000)
  onScopeDispose(() => clearInterval(clock))
}
