// A mediation from found to settled; the step the law refuses is refused, with its article.
import assert from 'node:assert/strict'
import { story } from './desk.mjs'

story('a mediation to its end, with what the law refuses', async (desk) => {
  const village = await desk.visit('village')
  const made = await village.write('POST', '/ledgers/dispute/records', {
    fields: { found_on: '2023-05-04', origin: 'visit', kind: 'neighbour', refused: true },
  })
  const clerk = await desk.visit('clerk')
  await clerk.go(`/matters/${made.record}`)
  const gates = clerk.page.locator('section.gates')
  await gates.waitFor()
  const choose = (name) => clerk.click(gates.locator('.tabs button').filter({ hasText: name }))
  const take = (name) => gates.locator('.take').getByRole('button', { name })
  await choose('受理')
  await clerk.sees('第十七条', gates)
  assert.equal(await take('受理').isDisabled(), true, 'a party refuses: no acceptance')
  const { status, body } = await clerk.ask('POST', `/records/${made.record}/actions`, { action: 'accept', fields: { accepted_on: '2023-05-05' }, version: made.version })
  assert.equal(status, 409)
  assert.match(JSON.stringify(body.problems), /第十七条/)

  await clerk.write('POST', `/records/${made.record}/actions`, { action: 'note_will', fields: { refused: false } })
  await clerk.go(`/matters/${made.record}`)
  await choose('受理')
  await clerk.click(take('受理'))
  const form = clerk.page.locator('form.record-form')
  await clerk.type(clerk.field('accepted_on', form).locator('input.day'), '2023-05-05')
  await clerk.click(form.locator('button[type=submit]'))
  await clerk.sees('第十三条', form)
  await clerk.type(form.locator('textarea[id$=reason]'), '调解员名册在册')
  await clerk.click(form.locator('button[type=submit]'))
  await form.waitFor({ state: 'detached' })
  assert.equal((await clerk.read(`/records/${made.record}`)).state, 'accepted')

  await choose('化解')
  await clerk.click(take('化解'))
  await clerk.type(clerk.field('concluded_on', form).locator('input.day'), '2023-05-20')
  const result = clerk.field('result', form)
  if (await result.locator('.seg').count()) await clerk.click(result.getByRole('button', { name: /口头/ }).first())
  else await clerk.choose(result, '口头')
  await clerk.click(form.locator('button[type=submit]'))
  await form.locator('textarea[id$=reason]').waitFor()
  await clerk.type(form.locator('textarea[id$=reason]'), '笔录另册保存')
  await clerk.click(form.locator('button[type=submit]'))
  await form.waitFor({ state: 'detached' })
  assert.equal((await clerk.read(`/records/${made.record}`)).state, 'settled')
})
