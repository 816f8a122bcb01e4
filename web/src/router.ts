import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { i18n } from './i18n'
import { useSession } from './stores/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's name, for the window title. */
    title?: string
    /** Drawn without head and foot. */
    bare?: boolean
    /** Needs nobody signed in. */
    open?: boolean
    /** The right without which the page is not shown. */
    right?: 'records' | 'enter' | 'report' | 'county' | 'users' | 'settings' | 'audit'
    /** The page fills the window's width and draws its own columns. */
    wide?: boolean
  }
}

const routes: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('./pages/SignIn.vue'),
    meta: { title: 'page.signIn', bare: true, open: true },
  },
  {
    path: '/setup',
    name: 'setup',
    component: () => import('./pages/Setup.vue'),
    meta: { title: 'page.setup', bare: true, open: true },
  },
  {
    path: '/',
    name: 'today',
    component: () => import('./pages/Today.vue'),
    meta: { title: 'page.today' },
  },
  {
    path: '/ledgers/:ledger?',
    name: 'ledger',
    component: () => import('./pages/Ledger.vue'),
    meta: { title: 'page.ledger', wide: true, right: 'records' },
  },
  {
    path: '/ledgers/:ledger/import',
    name: 'import',
    component: () => import('./ledger/ImportPage.vue'),
    meta: { title: 'page.import', right: 'enter' },
  },
  {
    path: '/search',
    name: 'search',
    component: () => import('./pages/Search.vue'),
    meta: { title: 'page.search', right: 'records' },
  },
  {
    path: '/records/:id',
    name: 'record',
    component: () => import('./pages/Record.vue'),
    meta: { title: 'page.record', right: 'records' },
  },
  {
    path: '/matters/:id?',
    name: 'matter',
    component: () => import('./pages/Matter.vue'),
    meta: { title: 'page.matter', right: 'records' },
  },
  {
    path: '/figures/:id?',
    name: 'figures',
    component: () => import('./pages/Figures.vue'),
    meta: { title: 'page.figures' },
  },
  {
    path: '/reports/:record?',
    name: 'report',
    component: () => import('./pages/Report.vue'),
    meta: { title: 'page.report', wide: true },
  },
  {
    path: '/check/:id?',
    name: 'check',
    component: () => import('./pages/Check.vue'),
    meta: { title: 'page.check', wide: true, open: true },
  },
  {
    path: '/county',
    name: 'county',
    component: () => import('./pages/County.vue'),
    meta: { title: 'page.county', right: 'county' },
  },
  {
    path: '/people',
    name: 'people',
    component: () => import('./pages/People.vue'),
    meta: { title: 'page.people', right: 'users' },
  },
  {
    path: '/settings',
    name: 'settings',
    component: () => import('./pages/Settings.vue'),
    meta: { title: 'page.settings', right: 'settings' },
  },
  {
    path: '/history',
    name: 'history',
    component: () => import('./pages/History.vue'),
    meta: { title: 'page.history', right: 'audit' },
  },
  {
    path: '/catalog/:ledger?',
    name: 'catalog',
    component: () => import('./pages/Catalog.vue'),
    meta: { title: 'page.catalog' },
  },
  {
    path: '/account',
    name: 'account',
    component: () => import('./pages/Account.vue'),
    meta: { title: 'page.account' },
  },
  {
    path: '/:rest(.*)*',
    name: 'nowhere',
    component: () => import('./pages/Nowhere.vue'),
    meta: { title: 'page.nowhere', open: true },
  },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

router.beforeEach(async (to) => {
  const session = useSession()
  await session.ready()
  if (session.mode === 'fresh' && to.name !== 'setup' && to.name !== 'check') return { name: 'setup' }
  if (to.name === 'setup' && session.mode !== 'fresh') return { name: 'today' }
  if (!session.user && !to.meta.open)
    return { name: 'sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
  if (session.user?.must_change_password && to.name !== 'account' && to.name !== 'sign-in')
    return { name: 'account', query: { must: 'password' } }
  return true
})

router.afterEach((to) => {
  const { t } = i18n.global
  const name = to.meta.title ? t(to.meta.title) : ''
  document.title = name ? `${name} · ${t('common.yifa')}` : t('common.yifa')
})
