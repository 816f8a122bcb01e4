import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { setCsrf, whenSignedOut } from '@/api/client'
import { asProblem } from '@/api/problem'
import * as api from '@/api/session'
import type { Session } from '@/api/types'
import { forgetOffline } from '@/offline'

/** Who is signed in, what he may, which day and year the server thinks it is. */
export const useSession = defineStore('session', () => {
  const now = ref<Session | null>(null)
  const mode = ref<Session['mode']>('normal')
  /** The year the reader looks at; the server's until another is chosen. */
  const year = ref(new Date().getFullYear())
  /** Where the reader was when his session ended under him; the shell brings him to sign in. */
  const ended = ref('')
  let asked: Promise<void> | null = null

  function take(session: Session): void {
    mode.value = session.mode
    setCsrf(session.csrf)
    if (session.mode === 'fresh' || !session.user) return
    now.value = session
    ended.value = ''
    year.value = session.year
  }

  async function ask(): Promise<void> {
    try {
      take(await api.readSession())
    } catch (thrown) {
      const problem = asProblem(thrown)
      const told = problem.body as Partial<Session> | null
      if (told?.csrf) setCsrf(told.csrf)
      if (told?.mode) mode.value = told.mode
      if (problem.code === 'fresh') mode.value = 'fresh'
      // Not asked yet when the server cannot be reached: the next page tries again.
      if (problem.code !== 'unauthenticated' && problem.code !== 'fresh') asked = null
    }
  }

  const ready = (): Promise<void> => (asked ??= ask())

  async function signIn(user: string, password: string, code?: string): Promise<void> {
    take(await api.signIn(user, password, code))
  }

  async function signInByCode(code: string, second?: string): Promise<void> {
    take(await api.signInByCode(code, second))
  }

  /** Forgets who was signed in; the pages behind him must not be readable any more. */
  function forget(): void {
    now.value = null
    setCsrf('')
    asked = null
  }

  async function signOut(): Promise<void> {
    try {
      await api.signOut()
    } finally {
      forget()
      forgetOffline()
    }
  }

  whenSignedOut(() => {
    if (!now.value) return
    const here = location.pathname + location.search
    forget()
    ended.value = here
  })

  const user = computed(() => now.value?.user ?? null)
  const org = computed(() => now.value?.user.org ?? null)
  const today = computed(() => now.value?.today ?? new Date().toISOString().slice(0, 10))
  type Right = keyof Session['rights']
  const may = (right: Right) => now.value?.rights[right] ?? false

  return { now, mode, year, user, org, today, ended, may, ready, take, signIn, signInByCode, signOut }
})
