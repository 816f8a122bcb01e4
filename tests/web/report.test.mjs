// A year's report from its draft to its publication, returned once on one figure.
import assert from 'node:assert/strict'
import { story } from './desk.mjs'

story('drafted, edited, approved, submitted, returned, mended, accepted, and kept from the public too early', async (desk) => {
  const clerk = await desk.visit('clerk')
  await clerk.go('/reports')
  await clerk.click(clerk.button(/^起草 2023/))
  await clerk.page.waitForURL(/\/reports\/[0-9a-f-]{36}/, { timeout: 30_000 })
  const id = clerk.page.url().split('/').at(-1)
  const report = () => clerk.read(`/reports/${id}`)
  await clerk.page.locator('.sheet').first().waitFor()
  const drafted = await report()
  assert.ok(drafted.bound > 10, `${drafted.bound} figures`)

  // A sentence of one's own at the end of a paragraph.
  const paragraph = clerk.page.locator('.block.may.paragraph [tabindex="0"]').first()
  await clerk.click(paragraph)
  await clerk.page.locator('.host').waitFor()
  await clerk.press('Control+End')
  await clerk.page.keyboard.type('全年走访企业97家。')
  await clerk.press('Escape')
  await clerk.sees('全年走访企业')
  await clerk.settled()
  const edited = await report()
  assert.ok(edited.version > drafted.version, 'a new version')
  assert.ok(JSON.stringify(edited.blocks).includes('走访企业'))

  await clerk.go(`/reports/${id}?view=preview`)
  assert.equal(await clerk.page.getByText('没有这份报告').count(), 0)

  // Its steps, each by the one whose step it is; the page tells the state everyone is told.
  const head = await desk.visit('head')
  const county = await desk.visit('county')
  const posts = (await clerk.read('/ledgers/post/records?limit=500')).items
  const [checker, signer = checker] = posts.filter((r) => r.org === '500229107')
  async function step(person, action, fields) {
    const version = (await clerk.read(`/records/${id}`)).version
    const { status, body } = await person.ask('POST', `/records/${id}/actions`, { action, fields, version, reason: '按程序办理，另有书面说明' })
    assert.ok(status < 300, `${action}: ${status} ${JSON.stringify(body).slice(0, 400)}`)
    await person.go(`/reports/${id}`)
    await person.sees((await person.read(`/records/${id}`)).state_label)
  }
  if ((await report()).state === 'collecting') await step(clerk, 'draft', {})
  await step(clerk, 'check', { reviewed_by: checker.id })
  const { status } = await clerk.ask('POST', `/records/${id}/actions`, { action: 'approve', fields: { signer: signer.id, signed_on: '2024-02-20' } })
  assert.ok(status === 403 || status === 409, `only the head signs: ${status}`)
  await step(head, 'approve', { signer: signer.id, signed_on: '2024-02-20' })
  await step(clerk, 'submit', { submitted_on: '2024-02-21' })
  await county.go('/county')
  await county.sees('高观镇')
  const chip = (await county.read(`/reports/${id}`)).blocks.find((b) => b.sentences.some((s) => s.runs.some((r) => r.figure)))
  await county.write('POST', `/reports/${id}/remarks`, { block: chip.id, text: '这个数请再核一遍' })
  await step(county, 'return', {})
  const [remark] = (await clerk.read(`/reports/${id}`)).remarks
  assert.equal(remark.text, '这个数请再核一遍')
  await clerk.write('POST', `/remarks/${remark.id}/answer`, { text: '已核，无误' })
  await step(clerk, 'revise', {})
  await step(clerk, 'check', { reviewed_by: checker.id })
  await step(head, 'approve', { signer: signer.id, signed_on: '2024-02-25' })
  await step(clerk, 'submit', { submitted_on: '2024-02-26' })
  await step(county, 'accept', {})
  // Nothing is published before it was looked through for secrets.
  const early = await clerk.ask('POST', `/records/${id}/actions`, { action: 'publish', fields: { published_on: '2024-03-20' }, reason: '急' })
  assert.equal(early.status, 409)
  assert.match(JSON.stringify(early.body), /第十七条/)
}, { timeout: 120_000 })
