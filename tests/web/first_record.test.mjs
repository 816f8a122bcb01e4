// The clerk's first record, counted; and one with errors, told in the server's own words, then mended.
import assert from 'node:assert/strict'
import { story } from './desk.mjs'

const ledger = 'legal_service_visit'
const total = async (clerk) => (await clerk.read(`/ledgers/${ledger}/records?limit=1`)).total

story('first record within ten interactions of the sign-in page', async (desk) => {
  const clerk = await desk.visit()
  await clerk.go('/sign-in')
  await clerk.click(clerk.button('用一次性登录码'))
  await clerk.type('#once', desk.codes.clerk)
  await clerk.press('Enter')
  await clerk.page.waitForURL((url) => url.pathname === '/')
  await desk.keep('clerk', clerk)
  await clerk.click(clerk.link(/公共法律服务/).first())
  const was = await total(clerk)
  await clerk.today('held_on')
  await clerk.click(clerk.button('法律咨询', clerk.field('kind')))
  await clerk.type(clerk.field('persons').locator('input'), '3')
  await clerk.press('Control+Enter')
  await clerk.sees(/^已存/)
  assert.ok(clerk.interactions <= 10, `${clerk.interactions} interactions`)
  console.log(`first record: ${clerk.interactions} interactions, signing in among them`)
  assert.equal(await total(clerk), was + 1)
})

story('errors stand under their fields in the words of the server, and are mended', async (desk) => {
  const clerk = await desk.visit('clerk')
  await clerk.go(`/ledgers/${ledger}?new=1`)
  const was = await total(clerk)
  const day = clerk.field('held_on').locator('input.day')
  await clerk.type(day, '2023-02-30')
  await clerk.type(clerk.field('persons').locator('input'), '三个')
  await clerk.press('Control+Enter')
  const told = (id) => clerk.field(id).locator('.err').first()
  await told('held_on').waitFor()
  const { body } = await clerk.ask('POST', `/ledgers/${ledger}/records`, {
    fields: { held_on: '2023-02-30' },
    dry_run: true,
  })
  assert.equal(body.code, 'invalid')
  assert.ok(body.problems.length >= 2)
  for (const problem of body.problems.filter((p) => p.where !== 'persons'))
    assert.ok((await told(problem.where).innerText()).startsWith(problem.message), problem.message)
  assert.equal(await total(clerk), was, 'nothing is written')
  await clerk.type(day, '2023年2月28日')
  await clerk.click(clerk.button('法律咨询', clerk.field('kind')))
  await clerk.type(clerk.field('persons').locator('input'), '3')
  await clerk.press('Control+Enter')
  await clerk.sees(/^已存/)
  assert.equal(await total(clerk), was + 1)
})

story('what is being written survives a reload, but no personal word does', async (desk) => {
  const village = await desk.visit('village')
  await village.go('/ledgers/dispute?new=1')
  await village.click(village.button('法院委派委托', village.field('origin')))
  const facts = village.field('facts').locator('textarea')
  if (!(await facts.isVisible())) await village.click(village.button(/^更多/))
  await village.type(facts, '为水渠争执')
  await village.press('Control+s')
  await village.page.reload()
  await village.sees(/已取回.*的草稿/)
  assert.equal(
    await village.button('法院委派委托', village.field('origin')).getAttribute('aria-pressed'),
    'true',
  )
  const kept = await village.page.evaluate(() => JSON.stringify({ ...localStorage }))
  assert.ok(!kept.includes('水渠'))
})

story('a record that reads alike is told before it is saved, and is one press away', async (desk) => {
  const clerk = await desk.visit('clerk')
  const there = await clerk.write('POST', '/ledgers/care_activity/records', {
    fields: { held_on: '2023-03-31', kind: 'visit', times: 4 },
  })
  await clerk.go('/ledgers/care_activity?new=1')
  await clerk.type(clerk.field('held_on').locator('input.day'), '2023-03-31')
  await clerk.click(clerk.button('走访', clerk.field('kind')))
  const told = clerk.page.locator('.banner').filter({ hasText: '可能重复' }).filter({ hasText: there.number })
  await told.waitFor()
  await clerk.click(clerk.link('是同一件', told))
  await clerk.page.waitForURL(new RegExp(`/records/${there.record}`))
})
