// Every page there is for a kind of user, with real records behind it.

async function firstOf(visitor, ledger) {
  return (await visitor.read(`/ledgers/${ledger}/records?period=2023&limit=1`)).items[0]?.id
}

/** The same for everyone: looked at once. */
const common = ['/account', '/catalog', '/catalog/dispute', '/check', '/no-such-page']

async function ofClerk(visitor) {
  const dispute = await firstOf(visitor, 'dispute')
  const decision = await firstOf(visitor, 'major_decision')
  const publicity = await firstOf(visitor, 'publicity_event')
  const known = (await visitor.read('/reports')).items.find((r) => r.year === 2023)
  const report = known ?? (await visitor.write('POST', '/reports', { year: 2023 }))
  return [
    '/ledgers/dispute',
    '/ledgers/publicity_event?new=1',
    '/ledgers/publicity_event/import',
    `/records/${publicity}`,
    '/matters',
    `/matters/${dispute}`,
    `/matters/${decision}`,
    '/search?q=%E5%AE%AA%E6%B3%95',
    '/figures',
    '/figures/disputes_found',
    '/reports',
    `/reports/${report.record}`,
    `/reports/${report.record}?view=preview`,
    `/reports/${report.record}?view=compare`,
  ]
}

async function ofCounsel(visitor) {
  const [sent] = (await visitor.read('/matters')).items
  return ['/matters', '/account', ...(sent ? [`/matters/${sent.id}`, `/records/${sent.id}`] : [])]
}

const settings = ['values', 'calendar', 'backups', 'security', 'about'].map((tab) => `/settings#${tab}`)

const own = {
  clerk: ofClerk,
  officer: async () => ['/ledgers/penalty', '/ledgers/inspection', '/matters'],
  village: async () => ['/ledgers/dispute', '/ledgers/dispute?new=1', '/matters'],
  counsel: ofCounsel,
  head: async () => ['/matters', '/figures', '/reports', '/ledgers/dispute'],
  county: async () => ['/county', '/county?view=packages', '/figures', '/reports'],
  sysadmin: async () => [...settings, '/account', '/people'],
  secadmin: async () => ['/people', '/account'],
  auditor: async () => ['/history', '/account'],
}

export const everyone = Object.keys(own)

/** `all`: also those that look the same for everyone. */
export async function pagesOf(visitor, user, all = true) {
  if (!user) return ['/sign-in', '/check', '/no-such-page']
  return ['/', ...(all ? common : []), ...(await own[user](visitor))]
}
