// A spreadsheet with bad cells: told by address, mended, taken, undone.
import assert from 'node:assert/strict'
import { story } from './desk.mjs'

const ledger = 'legal_service_visit'
const total = async (clerk) => (await clerk.read(`/ledgers/${ledger}/records?limit=1`)).total
const sheet = (rows) => ({
  name: '服务.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`\ufeff${rows.map((r) => r.join(',')).join('\n')}\n`),
})

story('import with errors, mended, taken, undone', async (desk) => {
  const clerk = await desk.visit('clerk')
  const { ledgers } = await clerk.read('/catalog')
  const label = (id) => ledgers.find((l) => l.id === ledger).fields.find((f) => f.id === id).label
  const head = ['held_on', 'kind', 'persons'].map(label)
  await clerk.go(`/ledgers/${ledger}/import`)
  const was = await total(clerk)
  const files = clerk.page.locator('input[type=file]')
  await files
    .first()
    .setInputFiles(
      sheet([
        head,
        ['2023-02-30', '法律咨询', '3'],
        ['2023-03-01', '没有这种', '2'],
        ['2023-03-02', '代书', '1'],
      ]),
    )
  await clerk.sees(/先收没问题的/)
  await clerk.sees(/A2|A 列|A列/)
  await clerk.sees(/B3|B 列|B列/)
  assert.equal(await total(clerk), was, 'a look writes nothing')

  await files
    .last()
    .setInputFiles(
      sheet([
        head,
        ['2023-02-28', '法律咨询', '3'],
        ['2023-03-01', '调解引导', '2'],
        ['2023-03-02', '代书', '1'],
      ]),
    )
  await clerk.click(clerk.button('收入 3 行'))
  await clerk.sees(/已收入 3 行/)
  assert.equal(await total(clerk), was + 3)

  await clerk.click(clerk.button('整批撤回'))
  await clerk.type('#why', '选错了表')
  await clerk.click(clerk.button('撤回 3 行'))
  await clerk.sees(/3 行已撤回/)
  assert.equal(await total(clerk), was)
})
