// What waits on a machine lies there sealed, with its photo; it goes out once, and is gone when its owner signs out.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { story } from './desk.mjs'

/** A picture of one pixel. */
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const facts = '为水渠争执多日'
const total = async (who) => (await who.read('/ledgers/dispute/records?limit=1')).total

/** All that this browser keeps of the outbox and its keys, as text. */
const kept = (who) =>
  who.page.evaluate(async () => {
    const base = await new Promise((done) => {
      const ask = indexedDB.open('yifa')
      ask.onsuccess = () => done(ask.result)
    })
    const all = (name) =>
      new Promise((done) => {
        const ask = base.transaction(name).objectStore(name).getAll()
        ask.onsuccess = () => done(ask.result)
      })
    const [entries, keys] = [await all('outbox'), await all('keys')]
    base.close()
    const text = entries.map((e) => `${JSON.stringify(e)} ${new TextDecoder('latin1').decode(e.bytes)}`)
    return { entries: entries.length, text: text.join(), extractable: keys.map((k) => k.extractable) }
  })

async function writeOffline(who) {
  await who.click(who.button('新记矛盾纠纷'))
  await who.page.locator('form.record-form').waitFor()
  await who.offline(true)
  await who.today('found_on')
  await who.click(who.button('群众说事', who.field('origin')))
  await who.choose(who.field('kind'), '邻里')
  const more = who.button(/^更多/)
  if (await more.count()) await who.click(more)
  await who.type(who.field('facts').locator('textarea'), facts)
  const files = who.page.locator('form.record-form input[type=file]').first()
  await files.setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: photo })
  await who.sees('有网时随记录发出')
  await who.click(who.button('存下，有网就发'))
  await who.sees(/1 条待发/)
}

story('an entry with its photo waits sealed and goes out once', async (desk) => {
  const village = await desk.visit('village', { width: 360 })
  await village.go('/ledgers/dispute')
  const was = await total(village)
  await writeOffline(village)
  const lies = await kept(village)
  assert.equal(lies.entries, 1)
  assert.deepEqual(lies.extractable, [false])
  const bytes = Buffer.from(facts).toString('latin1')
  assert.ok(!lies.text.includes(facts) && !lies.text.includes(bytes) && !lies.text.includes('dispute'))
  await village.offline(false)
  await village.sees(/已存/)
  await village.page
    .getByText(/条待发/)
    .first()
    .waitFor({ state: 'hidden' })
  assert.equal(await total(village), was + 1)
  assert.equal((await kept(village)).entries, 0)
  const newest = (await village.read('/ledgers/dispute/records?limit=100')).items
    .sort((a, b) => a.recorded_at.localeCompare(b.recorded_at))
    .at(-1)
  const whole = await village.read(`/records/${newest.id}?personal=1`)
  const hash = createHash('sha256').update(photo).digest('hex')
  assert.deepEqual(JSON.stringify(whole.fields).match(/[0-9a-f]{64}/g), [hash], 'its photo hangs on it')
})

story('whoever signs out while something waits is asked, and then it is gone', async (desk) => {
  const clerk = await desk.visit('clerk')
  const was = await total(clerk)
  const village = await desk.visit('village', { width: 360 })
  await village.go('/ledgers/dispute')
  await writeOffline(village)
  // The server cannot be reached, though the browser thinks it can.
  await village.page.route('**/api/v1/ledgers/dispute/records', (route) => route.abort())
  await village.page.route('**/api/v1/files**', (route) => route.abort())
  await village.offline(false)
  await village.click('button.me')
  await village.click(village.button('退出登录'))
  await village.sees(/还有 1 条没有发出/)
  await village.click(village.button('先不退出'))
  assert.equal((await kept(village)).entries, 1)
  await village.click(village.button('退出登录'))
  await village.click(village.button('清掉并退出'))
  await village.page.waitForURL(/\/sign-in/)
  const lies = await kept(village)
  assert.deepEqual([lies.entries, lies.extractable], [0, []])
  assert.equal(await total(clerk), was)
})
