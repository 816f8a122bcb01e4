// The village clerk on a phone, the network cut while he writes: one record, whatever is pressed.
import assert from 'node:assert/strict'
import { story } from './desk.mjs'

story('a record written without a network goes out once', async (desk) => {
  const village = await desk.visit('village', { width: 360, worker: true })
  await village.go('/')
  await village.page.evaluate(() => navigator.serviceWorker.ready)
  // The second load is the worker's: what the form needs is kept then.
  await village.go('/ledgers/dispute')
  const was = (await village.read('/ledgers/dispute/records?limit=1')).total
  await village.click(village.button('新记矛盾纠纷'))
  await village.page.locator('form.record-form').waitFor()
  await village.offline(true)
  await village.today('found_on')
  await village.click(village.button('群众说事', village.field('origin')))
  await village.choose(village.field('kind'), '邻里')
  await village.click(village.button('存下，有网就发'))
  await village.sees(/1 条待发/)

  // Opened again while still cut off, the entry waits on.
  await village.page.reload()
  await village.sees(/1 条待发/)
  await village.offline(false)
  // Reloading may have let one sending through and lost its answer: then it is told so.
  await village.sees(/已存|已经记过了/)
  await village.page
    .getByText(/条待发/)
    .first()
    .waitFor({ state: 'hidden' })
  await village.page.reload()
  await village.settled()
  assert.equal((await village.read('/ledgers/dispute/records?limit=1')).total, was + 1)
})

story('an answer lost on the way is asked for again, not written again', async (desk) => {
  const village = await desk.visit('village', { width: 360 })
  await village.go('/ledgers/dispute?new=1')
  const was = (await village.read('/ledgers/dispute/records?limit=1')).total
  let lost = 0
  await village.page.route('**/api/v1/ledgers/dispute/records', async (route) => {
    if (route.request().method() !== 'POST' || route.request().postDataJSON().dry_run || lost++)
      return route.fallback()
    await route.fetch()
    await village.offline(true)
    await route.abort('internetdisconnected')
  })
  await village.today('found_on')
  await village.click(village.button('网格预警', village.field('origin')))
  await village.choose(village.field('kind'), '婚姻')
  await village.click(village.button(/^存下/))
  await village.sees(/1 条待发/)
  await village.offline(false)
  await village.sees(/已经记过了/)
  await village.page
    .getByText(/条待发/)
    .first()
    .waitFor({ state: 'hidden' })
  assert.equal(lost >= 2, true, 'it was sent twice')
  assert.equal((await village.read('/ledgers/dispute/records?limit=1')).total, was + 1)
})
