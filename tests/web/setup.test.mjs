// The first day: whoever sees the terminal sets the place up; the clerk signs in with his code, goes into the training
// room, writes there what he likes and wipes it without trace.
import assert from 'node:assert/strict'
import { story } from './desk.mjs'

const password = '门前 石桥 七只白鹭 2026'

story(
  'a place is set up, and training leaves no trace',
  async (desk) => {
    const first = await desk.visit()
    first.expect(404)
    await first.go(`/setup?code=${desk.setupCode}`)
    await first.type('#place', '高观')
    await first.click(first.page.locator('.found input[type=radio]').first())
    const next = () => first.click(first.page.locator('.foot .btn.pri'))
    await next()
    await next()
    const cell = (row, name) => first.page.locator('tbody tr').nth(row).getByLabel(name)
    for (const [row, id] of ['xitong', 'anquan', 'shenji'].entries()) {
      await first.type(cell(row, '账号'), id)
      await first.type(cell(row, '姓名'), `${id}（示例）`)
    }
    const rows = await first.page.locator('tbody tr').count()
    await first.click(first.button(/添|加/).first())
    await first.type(cell(rows, '账号'), 'neiqin')
    await first.type(cell(rows, '姓名'), '内勤（示例）')
    await cell(rows, '机构').selectOption({ index: 1 })
    await cell(rows, '岗位').selectOption('legal_officer')
    await next()
    await next()
    await first.click(first.page.locator('.foot .btn.pri'))
    await first.page.locator('td.num b').first().waitFor()
    const line = first.page.locator('tbody tr').filter({ hasText: 'neiqin' })
    const code = await line.locator('td.num').innerText()
    assert.match(code, /^([0-9A-Z]{4,5}-)+[0-9A-Z]{4,5}$/)

    const clerk = await desk.visit()
    await clerk.go(`/sign-in?code=${code}`)
    assert.ok(!clerk.page.url().includes(code), 'the code is in no address')
    await clerk.click(clerk.button(/^登录$/))
    await clerk.page.waitForURL(/\/account/)
    await clerk.type('#new', password)
    await clerk.type('#again', password)
    await clerk.click(clerk.button('换密码'))
    await clerk.sees('密码已换')

    const records = async () => (await clerk.read('/ledgers/publicity_event/records?limit=1')).total
    assert.equal(await records(), 0)
    await clerk.go('/')
    await clerk.click('button.me')
    await clerk.click(clerk.button('进入训练（示范镇）'))
    await clerk.page.locator('aside.training').waitFor({ timeout: 60_000 })
    await clerk.sees(/^训练数据/)
    await clerk.settled()
    assert.ok((await records()) > 0, 'the example towns are there')
    for (const path of ['/', '/ledgers/publicity_event', '/figures']) {
      await clerk.go(path)
      await clerk.sees(/^训练数据/)
    }
    await clerk.click(clerk.button('清除训练数据'))
    await clerk.sees('清除后，所有人在训练里记的都没有了。')
    await clerk.click(clerk.button('清除训练数据'))
    await clerk.page.locator('aside.training').waitFor({ state: 'detached' })
    await clerk.settled()
    assert.equal((await clerk.read('/session')).mode, 'normal')
    assert.equal(await records(), 0)
  },
  { fresh: true, timeout: 120_000 },
)
