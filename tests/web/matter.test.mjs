// A mediation from found to settled; the step the law refuses is refused, with its article, and taken once it may be.
import assert from 'node:assert/strict'
import { story } from './desk.mjs'
import { day, gatesCard, lookAtStep, send, state, stepForm, take, takeButton } from './matters.mjs'

story('a mediation to its end, with what the law refuses', async (desk) => {
  const village = await desk.visit('village')
  const { record } = await village.write('POST', '/ledgers/dispute/records', {
    fields: { found_on: '2023-05-04', origin: 'visit', kind: 'neighbour', refused: true },
  })
  const clerk = await desk.visit('clerk')
  await lookAtStep(clerk, record, '受理')
  await clerk.sees('第十七条', gatesCard(clerk))
  assert.equal(await takeButton(clerk, '受理').isDisabled(), true, 'a party refuses: no acceptance')
  const { status, body } = await clerk.ask('POST', `/records/${record}/actions`, {
    action: 'accept',
    fields: { accepted_on: '2023-05-05' },
  })
  assert.equal(status, 409)
  assert.match(JSON.stringify(body.problems), /第十七条/)
  assert.equal(await state(clerk, record), 'found', 'nothing is done')

  // The party thinks better of it: noted at the page, and the gate is green.
  const noted = gatesCard(clerk).locator('.tabs button').filter({ hasText: '意愿' })
  await clerk.click(noted)
  await clerk.click(gatesCard(clerk).locator('.take button'))
  await clerk.click(clerk.button('否', clerk.field('refused', stepForm(clerk))))
  await send(clerk)
  await take(clerk, record, '受理', () => day(clerk, 'accepted_on', '2023-05-05'))
  assert.equal(await state(clerk, record), 'accepted')

  await take(clerk, record, '化解', async (form) => {
    await day(clerk, 'concluded_on', '2023-05-20')
    const result = clerk.field('result', form)
    if (await result.locator('.seg').count()) await clerk.click(clerk.button(/口头/, result).first())
    else await clerk.choose(result, '口头')
  })
  assert.equal(await state(clerk, record), 'settled')
})
