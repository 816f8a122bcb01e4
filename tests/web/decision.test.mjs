// A major decision from its proposal to its dossier: no discussion without a review of legality, no decision but by the
// town's head, no publication without a review of secrecy. Each refusal is seen, then what it asks for is there.
import assert from 'node:assert/strict'
import { story } from './desk.mjs'
import {
  day,
  gatesCard,
  lookAtStep,
  openPart,
  press,
  send,
  state,
  stepForm,
  take,
  takeButton,
} from './matters.mjs'

const reason = '按程序办理，另有书面说明'

async function paper(person, name, words) {
  const { status, body } = await person.ask(
    'POST',
    `/files?name=${encodeURIComponent(name)}`,
    Buffer.from(words),
  )
  assert.ok(status < 300, `${status} ${JSON.stringify(body)}`)
  return body.hash
}

/** What other ledgers bring about: the desk's own pages of them are other stories. */
async function besides(person, ledger, fields, steps = []) {
  const made = await person.write('POST', `/ledgers/${ledger}/records`, { fields, reason })
  for (const [action, asked] of steps)
    await person.write('POST', `/records/${made.record}/actions`, { action, fields: asked, reason })
  return made.record
}

story(
  'a major decision to the end, with every refusal on the way',
  async (desk) => {
    const clerk = await desk.visit('clerk')
    const head = await desk.visit('head')
    const posts = (await clerk.read('/ledgers/post/records?limit=500')).items
    const [first, second] = posts.filter((p) => p.org === '500229107')
    const draft = await paper(clerk, '草案.txt', '集镇夜间摊区设置办法（草案）')
    const note = await paper(clerk, '说明.txt', '起草说明')
    const record = await besides(clerk, 'major_decision', {
      title: '集镇夜间摊区设置办法',
      kind: 'policy',
      started_on: '2023-03-01',
      proposal: '方便群众',
      public: true,
      draft,
      draft_note: note,
    })
    await take(clerk, record, '转入论证', async () => {
      await press(clerk, 'technical', '否')
      await press(clerk, 'stability', '否')
      await press(clerk, 'economic', '否')
    })
    assert.equal(await state(clerk, record), 'drafting')

    await openPart(clerk, record, '公开征求意见')
    await day(clerk, 'opened_on', '2023-03-05')
    await day(clerk, 'closes_on', '2023-04-10')
    await press(clerk, 'channel', /网/)
    await send(clerk)

    // Not reviewed: the meeting may not discuss it, whatever reason is given.
    const meeting = async () => {
      await openPart(clerk, record, '集体讨论')
      await day(clerk, 'held_on', '2023-05-10')
      await press(clerk, 'form', '党政联席会')
      await press(clerk, 'result', '通过')
    }
    await meeting()
    await clerk.click(stepForm(clerk).locator('button[type=submit]'))
    await clerk.sees(/第二十五条/, stepForm(clerk).locator('.fault'))
    assert.equal(
      (await clerk.read(`/records/${record}`)).parts.filter((p) => p.part === 'discussion').length,
      0,
    )

    await besides(
      clerk,
      'legality_review',
      {
        matter: record,
        subject: '集镇夜间摊区设置办法',
        kind: 'decision',
        received_on: '2023-04-12',
        draft,
        materials: ['note', 'basis'],
      },
      [
        ['assign', { reviewer: first.id }],
        ['draft_opinion', { opinion: 'lawful', reasons: '与上位法不抵触', issues: 0 }],
        ['conclude', { issued_on: '2023-04-20' }],
      ],
    )
    await meeting()
    await send(clerk)

    // It is the head's to decide: for the clerk the button says so.
    await lookAtStep(clerk, record, '作出决定')
    assert.equal(await takeButton(clerk, '作出决定').isDisabled(), true)
    await clerk.sees(/主要负责人/, gatesCard(clerk).locator('.take'))
    await take(head, record, '作出决定', () => day(head, 'decided_on', '2023-05-11'))
    assert.equal(await state(head, record), 'decided')

    // Published only as it was looked through for secrets.
    const final = await paper(clerk, '定稿.txt', '集镇夜间摊区设置办法')
    await clerk.write('POST', `/records/${record}/actions`, {
      action: 'correct',
      fields: { final_text: final },
      reason,
    })
    await lookAtStep(clerk, record, '公布')
    await clerk.sees('第十七条', gatesCard(clerk))
    assert.equal(await takeButton(clerk, '公布').isDisabled(), true)
    await besides(clerk, 'release', {
      subject: record,
      text: final,
      asked_by: first.id,
      conclusion: 'public',
      concluded_on: '2023-05-12',
      reviewed_by: second.id,
    })
    await take(clerk, record, '公布', async (form) => {
      await day(clerk, 'published_on', '2023-05-15')
      await clerk.type(clerk.field('published_at', form).locator('input'), 'https://example.gov.cn/1')
    })
    assert.equal(await state(clerk, record), 'published')
    await take(clerk, record, '归档', () => day(clerk, 'archived_on', '2023-06-01'))
    assert.equal(await state(clerk, record), 'archived')

    await clerk.click(clerk.button('卷宗预览'))
    await clerk.sees(/草案/, clerk.page.locator('.drawer'))
  },
  { timeout: 150_000 },
)
