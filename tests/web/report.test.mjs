// A year's report from its draft to its publication, each step at the page of the one whose step it is: edited, a bare
// digit bound, a figure that moved accepted, approved, handed in, returned on one figure, corrected, accepted, published.
import assert from 'node:assert/strict'
import { story } from './desk.mjs'

const town = '500229107'
const reason = '按程序办理，另有书面说明'

story(
  'a report from its draft to the public',
  async (desk) => {
    const clerk = await desk.visit('clerk')
    await clerk.go('/reports')
    await clerk.click(clerk.button(/^起草 2023/))
    await clerk.page.waitForURL(/\/reports\/[0-9a-f-]{36}/, { timeout: 30_000 })
    const { today } = await clerk.read('/session')
    const ago = (days) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10)
    const id = clerk.page.url().split('/').at(-1)
    const report = () => clerk.read(`/reports/${id}`)
    const state = async () => (await clerk.read(`/records/${id}`)).state
    await clerk.page.locator('.sheet').first().waitFor()
    const drafted = await report()
    assert.ok(drafted.bound > 10, `${drafted.bound} figures`)

    // A sentence of one's own at the end of a paragraph, with a number that is bound to nothing.
    const found = await clerk.read(`/figures/disputes_found?org=${town}&period=2023`)
    const paragraph = clerk.page.locator('.block.may.paragraph [tabindex="0"]').first()
    await clerk.click(paragraph)
    await clerk.page.locator('.host').waitFor()
    await clerk.press('Control+End')
    await clerk.page.keyboard.type(`全年排查各类纠纷${found.value}件。`)
    await clerk.press('Escape')
    await clerk.sees('全年排查各类纠纷')
    await clerk.settled()
    const edited = await report()
    assert.ok(edited.version > drafted.version, 'a new version')
    assert.equal(edited.bare, drafted.bare + 1, 'a digit of one’s own is bare')
    await clerk.click(clerk.page.locator('a.fig.bare', { hasText: String(found.value) }).last())
    const candidate = clerk.page.locator('.evidence li').filter({ hasText: found.label }).first()
    await clerk.click(clerk.button(/^对应上/, candidate))
    await clerk.settled()
    const bound = await report()
    assert.deepEqual([bound.bare, bound.bound], [drafted.bare, drafted.bound + 1])

    // The ledger moves on: the sentence is stale until the new number is accepted.
    await clerk.write('POST', '/ledgers/dispute/records', {
      fields: { found_on: '2023-06-06', origin: 'visit', kind: 'neighbour' },
      reason: '补录',
    })
    const moved = (await report()).stale
    assert.ok(moved > 0, 'its figures moved')
    await clerk.go(`/reports/${id}`)
    await clerk.click(clerk.page.locator('.sheet .fig.stale').first())
    await clerk.sees(/数字在成稿后变了/, clerk.page.locator('.evidence'))
    await clerk.click(clerk.button(/^(改用|重写)/, clerk.page.locator('.evidence')))
    await clerk.settled()
    assert.equal((await report()).stale, moved - 1, 'one is accepted')
    if (moved > 2) await clerk.click(clerk.button(/^全部改用新数/))
    else if (moved === 2) {
      await clerk.click(clerk.page.locator('.sheet .fig.stale').first())
      await clerk.click(clerk.button(/^(改用|重写)/, clerk.page.locator('.evidence')))
    }
    await clerk.settled()
    assert.equal((await report()).stale, 0, 'and all of them')

    await clerk.go(`/reports/${id}?view=preview`)
    assert.equal(await clerk.page.getByText('没有这份报告').count(), 0)

    // Its steps, each by the one whose step it is.
    const head = await desk.visit('head')
    const county = await desk.visit('county')
    async function step(person, name, fill = async () => {}) {
      await person.go(`/reports/${id}`)
      const straight = person.page.locator('.stepping > button').filter({ hasText: name })
      if (await straight.count()) await person.click(straight.first())
      else {
        await person.click(person.button('其他', person.page.locator('.stepping')))
        await person.click(person.page.locator('.stepping .sheet-of button').filter({ hasText: name }))
      }
      const drawer = person.page.locator('.drawer').filter({ hasText: name })
      await drawer.waitFor()
      await person.settled()
      const form = drawer.locator('form.record-form')
      if (await form.count()) {
        await fill(form)
        const asks = form.locator('textarea[id$=reason]')
        if (await asks.count()) await person.type(asks, reason)
        await person.click(form.locator('button[type=submit]'))
      } else await person.click(person.button(name, drawer))
      await drawer.waitFor({ state: 'detached' })
      await person.sees((await person.read(`/records/${id}`)).state_label)
    }
    const post = (person, field, n) => async (form) => {
      await person.click(person.field(field, form).locator('.el-select'))
      await person.click(person.page.locator('.el-select-dropdown__item:visible').nth(n))
    }
    const both =
      (...fills) =>
      async (form) => {
        for (const fill of fills) await fill(form)
      }
    const day = (person, field, on) => (form) =>
      person.type(person.field(field, form).locator('input.day'), on)
    if ((await state()) === 'collecting') await step(clerk, '成稿')
    await step(clerk, '核稿', post(clerk, 'reviewed_by', 0))
    const early = await clerk.ask('POST', `/records/${id}/actions`, { action: 'approve', fields: {} })
    assert.equal(early.status, 403, 'only the head signs')
    await step(head, '审定签发', both(post(head, 'signer', 1), day(head, 'signed_on', ago(6))))
    await step(clerk, '上报', day(clerk, 'submitted_on', ago(5)))
    assert.equal(await state(), 'submitted')

    // The county opens it from its matrix, takes one figure and returns the report on that alone.
    await county.go('/county')
    await county.click(county.button('高观镇', county.page.locator('.cty')))
    await county.settled()
    await county.click(county.page.locator('.town .text .fig').first())
    await county.type(county.page.locator('.pane textarea').first(), '这个数请再核一遍')
    await county.click(county.button('写上意见'))
    await county.sees('这个数请再核一遍', county.page.locator('.cm'))
    await county.click(county.button(/^退回（1 处）/).first())
    await county.click(county.button(/^退回（1 处）/, county.page.locator('form.lockbox')))
    await county.settled()
    assert.equal(await state(), 'returned')

    // The clerk finds the remark beside its figure, answers it and hands in again.
    await step(clerk, '按县级意见修改')
    await clerk.sees('这个数请再核一遍')
    await clerk.click(clerk.button('答复', clerk.page.locator('.cm')))
    await clerk.type(clerk.page.locator('.cm textarea'), '已核，与台账一致')
    await clerk.click(clerk.page.locator('.cm form .pri'))
    await clerk.sees('已核，与台账一致')
    await step(clerk, '核稿', post(clerk, 'reviewed_by', 0))
    await step(head, '审定签发', both(post(head, 'signer', 1), day(head, 'signed_on', ago(4))))
    await step(clerk, '上报', day(clerk, 'submitted_on', ago(3)))
    await county.go('/county')
    await county.click(county.button('高观镇', county.page.locator('.cty')))
    await county.settled()
    await county.click(county.button('接收', county.page.locator('.town')))
    await county.settled()
    assert.equal(await state(), 'accepted')

    // Nothing is published before it was looked through for secrets.
    await clerk.go(`/reports/${id}`)
    assert.equal(
      await clerk.page
        .locator('.stepping button')
        .filter({ hasText: '公开' })
        .first()
        .getAttribute('aria-disabled'),
      'true',
    )
    const refused = await clerk.ask('POST', `/records/${id}/actions`, {
      action: 'publish',
      fields: { published_on: ago(0) },
      reason,
    })
    assert.equal(refused.status, 409)
    assert.match(JSON.stringify(refused.body), /第十七条/)
    const [first, second] = (await clerk.read('/ledgers/post/records?limit=500')).items.filter(
      (p) => p.org === town,
    )
    await clerk.write('POST', '/ledgers/release/records', {
      fields: {
        subject: id,
        text: (await clerk.read(`/records/${id}`)).fields.body,
        asked_by: first.id,
        conclusion: 'public',
        concluded_on: ago(1),
        reviewed_by: second.id,
      },
      reason,
    })
    await step(clerk, '公开', day(clerk, 'published_on', ago(0)))
    assert.equal(await state(), 'published')
    const citizen = await desk.visit('', { context: { javaScriptEnabled: false } })
    await citizen.page.goto(`/public/${town}/reports/2023`)
    await citizen.sees('全年排查各类纠纷')
    assert.ok((await citizen.page.locator('a.fig').count()) > 10, 'its figures are doors')
  },
  { timeout: 240_000 },
)
