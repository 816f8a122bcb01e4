// The public's own pages in a browser without script: a draft is commented on, the comment stands in the way until it
// is answered, and who wrote it finds the answer by its number.
import assert from 'node:assert/strict'
import { story } from './desk.mjs'
import { day, openPart, press, send, state, stepForm } from './matters.mjs'

const town = '500229107'
const words = '第三条的摊区离小学大门太近，建议后退到桥头。'

story(
  'a citizen comments on an open draft, and is answered before the matter goes on',
  async (desk) => {
    const clerk = await desk.visit('clerk')
    const reason = '按程序办理'
    const { today } = await clerk.read('/session')
    const ahead = (days) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
    const made = await clerk.write('POST', '/ledgers/major_decision/records', {
      fields: {
        title: '农贸市场摊位管理办法',
        kind: 'policy',
        started_on: ahead(-60),
        proposal: '方便群众',
        public: true,
        exploratory: true,
        legal_risk: '无明确规定',
      },
      reason,
    })
    const act = (action, fields) =>
      clerk.write('POST', `/records/${made.record}/actions`, { action, fields, reason })
    await act('draft', { technical: false, stability: false, economic: false })
    const page = `/public/${town}/decisions/${made.record}`
    const citizen = await desk.visit('', { context: { javaScriptEnabled: false }, width: 360 })
    citizen.expect(404)
    assert.equal((await citizen.page.goto(page)).status(), 404, 'before its day it is not there')
    await act('solicitation.open', { opened_on: ahead(-3), closes_on: ahead(30), channel: ['web'] })

    await citizen.page.goto(`/public/${town}/decisions`)
    await citizen.click(citizen.link(/农贸市场摊位管理办法/).first())
    assert.equal(await citizen.page.locator('script').count(), 0)
    await citizen.page.locator('textarea[name=words]').fill(words)
    await citizen.click(citizen.page.locator('form[method=post] button'))
    const number = await citizen.page.locator('.code').first().innerText()
    assert.match(number, /^[0-9A-Z-]{23}$/)
    await citizen.page.goto(page)
    assert.equal(await citizen.page.getByText(words).count(), 0, 'what one wrote is not shown to all')

    // It stands in the way of the meeting until it is answered, at the page.
    await openPart(clerk, made.record, '集体讨论')
    await day(clerk, 'held_on', ahead(0))
    await press(clerk, 'form', '党政联席会')
    await press(clerk, 'result', '通过')
    await clerk.click(stepForm(clerk).locator('button[type=submit]'))
    await clerk.sees(/公众意见/, stepForm(clerk))
    const [opinion] = (await clerk.read(`/records/${made.record}`)).parts.filter((p) => p.part === 'opinion')
    const { status } = await clerk.ask('POST', `/records/${made.record}/actions`, {
      action: 'opinion.correct',
      part: opinion.id,
      fields: {
        gist: '摊区离学校太近',
        result: 'adopted',
        answer: '摊区改到桥头，见第三条。',
        answered_on: ahead(0),
      },
      reason: '答复',
    })
    assert.equal(status, 200)
    await openPart(clerk, made.record, '集体讨论')
    await day(clerk, 'held_on', ahead(0))
    await press(clerk, 'form', '党政联席会')
    await press(clerk, 'result', '通过')
    assert.equal(
      await stepForm(clerk)
        .getByText(/公众意见/)
        .count(),
      0,
    )
    await send(clerk)
    assert.equal(await state(clerk, made.record), 'drafting')

    await citizen.page.goto(`/public/status?code=${number}`)
    await citizen.sees('摊区改到桥头')
  },
  { timeout: 120_000 },
)
