// A day's work without a mouse.
import assert from 'node:assert/strict'
import { story } from './desk.mjs'

story('find, go, walk, open, write, leave', async (desk) => {
  const clerk = await desk.visit('clerk')
  await clerk.go('/')
  const list = clerk.page.locator('aside').filter({ hasText: '使用单键快捷键' })
  await clerk.press('?')
  await list.waitFor()
  await clerk.sees('换页')
  await clerk.press('Escape')
  await list.waitFor({ state: 'hidden' })

  await clerk.press('/')
  assert.equal(await clerk.page.evaluate(() => document.activeElement.tagName), 'INPUT')
  await clerk.press('Escape')
  await clerk.page.evaluate(() => document.activeElement.blur())
  await clerk.press('g')
  await clerk.press('2')
  await clerk.page.waitForURL(/\/ledgers/)
  await clerk.go('/ledgers/publicity_event')
  await clerk.page.locator('tbody tr').first().waitFor()
  const at = () =>
    clerk.page.locator('tbody tr[aria-selected=true], tbody tr.on, tbody tr.sel').first().innerText()
  await clerk.press('j')
  const first = await at()
  await clerk.press('j')
  assert.notEqual(await at(), first)
  await clerk.press('k')
  assert.equal(await at(), first)
  await clerk.press('n')
  await clerk.page.locator('form.record-form').waitFor()
  await clerk.press('Escape')
  await clerk.page.locator('form.record-form').waitFor({ state: 'hidden' })
})
