// The county takes a town's package in from a file, sees who is missing, and lays the year beside the one before.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { binary, source, story } from './desk.mjs'

const town = '500229107'

/** A town's instance of its own, with synthetic records. */
function instance(folder) {
  const call = (...args) =>
    JSON.parse(
      execFileSync(binary, ['--json', '--data', join(folder, 'town'), ...args], { encoding: 'utf8' }),
    )
  const dispute = (day) =>
    call('add', 'dispute', '--org', town, `found_on=${day}`, 'kind=neighbour', 'origin=screening')
  execFileSync(binary, ['init', join(folder, 'town')])
  call('orgs', 'import', join(source, `examples/orgs/${town}.csv`))
  dispute('2023-03-05')
  const key = call('submit', 'key').fingerprint
  const file = (name) => {
    call('submit', '2023', '--org', town, '-o', join(folder, name))
    return join(folder, name)
  }
  return { dispute, file, key }
}

story('a package comes as a file', async (desk) => {
  const sender = instance(desk.folder)
  const first = sender.file('first.json')
  const more = join(desk.folder, 'more.csv')
  writeFileSync(more, 'code,name,kind\n500229106,示例镇,town\n')
  desk.command('orgs', 'import', more)
  const county = await desk.visit('county')
  county.expect(403)
  await county.go('/county?view=packages&year=2023')
  const list = county.page.locator('.stack > .card').first()
  const row = list.locator('tbody tr').filter({ hasText: '高观镇' })
  const put = async (path) => {
    await list.locator('input[type=file]').setInputFiles(path)
    await county.settled()
  }
  await county.sees('未报', row)

  await put(first)
  await county.sees('尚未登记该乡镇的密钥')
  await county.sees(new RegExp(`yifa submissions trust ${town} --key ${sender.key}`))
  await county.sees('文件没有收下，原有的上报不变。')
  await county.sees('未报', row)

  desk.command('submissions', 'trust', town, '--key', sender.key)
  await put(first)
  await county.sees('收下了高观镇2023年度第1次上报', list)
  await county.sees('其中没有报告', list)
  await county.sees('已上报', row)
  await county.sees('缺报告', row)
  assert.equal(
    await county.page.getByText('尚未登记该乡镇的密钥').count(),
    0,
    'what was refused before is gone',
  )
  const beside = county.page
    .locator('.stack > .card')
    .filter({ has: county.page.getByRole('heading', { name: '与上年对比' }) })
  await beside.locator('tbody tr').first().waitFor()
  const found = beside.locator('tbody tr').filter({ hasText: '矛盾纠纷' }).first()
  await found.waitFor()

  await put(first)
  await county.sees('高观镇2023年度第1次上报早已收下，没有改动', list)
  const broken = join(desk.folder, 'broken.json')
  writeFileSync(broken, readFileSync(first).subarray(0, -7))
  await put(broken)
  await county.sees('不是年度上报包，或者传送中被改动', list)
  assert.equal(
    (await county.read(`/submissions?year=2023`)).towns.find((one) => one.org === town).latest.revision,
    1,
  )

  const { latest } = (await county.read('/submissions?year=2023')).towns.find((one) => one.org === town)
  desk.command('act', latest.record, 'return', '--reason', '示例：请核对')
  sender.dispute('2023-08-08')
  // A stranger at the same address is held back; whoever is signed in is not.
  const stranger = async () =>
    (await fetch(`${desk.address}/api/v1/submissions`, { method: 'POST', body: 'x' })).status
  for (let n = 0; n < 40; n++) await stranger()
  assert.equal(await stranger(), 429)
  await put(sender.file('second.json'))
  await county.sees('收下了高观镇2023年度第2次上报', list)
  await county.sees('2', row.locator('td').nth(1))
  const missing = list.getByRole('link', { name: /^未报/ }).or(list.getByRole('button', { name: /^未报/ }))
  await county.click(missing)
  assert.deepEqual(await list.locator('tbody th').allTextContents(), ['示例镇'], 'only the missing are shown')
  await county.click(missing)
  await row.waitFor()
  if (process.env.YIFA_WEB_SHOT)
    await county.page.screenshot({ path: process.env.YIFA_WEB_SHOT, fullPage: true })
})
