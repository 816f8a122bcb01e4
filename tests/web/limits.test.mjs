// Counsel sees what was sent to him and nothing else; whoever is revoked is out at his next click.
import assert from 'node:assert/strict'
import { story } from './desk.mjs'

story('counsel sees only the matter sent to him', async (desk) => {
  const clerk = await desk.visit('clerk')
  const [sent] = (await clerk.read('/ledgers/major_decision/records?period=2023')).items
  const [kept] = (await clerk.read('/ledgers/contract/records?period=2023')).items
  await clerk.write('POST', `/records/${sent.id}/handlers`, { user: 'counsel' })

  const counsel = await desk.visit('counsel')
  counsel.expect(403, 404)
  await counsel.go('/')
  await counsel.go(`/records/${sent.id}`)
  await counsel.sees(sent.fields.title)
  await counsel.go('/matters')
  await counsel.go(`/records/${kept.id}`)
  assert.equal(await counsel.page.getByText(kept.fields.name ?? kept.fields.title).count(), 0)
  const other = await counsel.ask('GET', `/records/${kept.id}`)
  assert.equal(other.status, 404, 'as if there were none')
  assert.ok(!JSON.stringify(other.body).includes(kept.number), 'not a word of it')
  const seen = await counsel.read('/ledgers/major_decision/records')
  assert.deepEqual(
    seen.items.map((r) => r.id),
    [sent.id],
  )
  assert.equal((await counsel.read('/ledgers/contract/records')).total, 0)
  assert.equal(await counsel.page.locator('nav.nav').getByRole('link', { name: '指标' }).count(), 0)
})

story('a revoked user is out at his next click', async (desk) => {
  const officer = await desk.visit('officer')
  await officer.go('/')
  await officer.click(officer.page.locator('nav.nav').getByRole('link', { name: '台账' }))
  await officer.settled()
  const security = await desk.visit('secadmin')
  await security.write('PATCH', '/users/officer', { disabled: true })
  await officer.click(officer.page.locator('nav.nav').getByRole('link', { name: /^今日/ }))
  await officer.page.waitForURL(/\/sign-in/)
  await officer.sees('登录')
  assert.equal(await officer.page.locator('main.page').count(), 0, 'nothing of the pages is left')
})
