// No page may shut anybody out: axe-core on every page, for each kind of user, in every theme.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { source, story } from './desk.mjs'
import { pagesOf } from './pages.mjs'

const axe = readFileSync(join(source, 'web/node_modules/axe-core/axe.min.js'), 'utf8')
/** What differs between themes. */
const colours = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }
const whole = { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } }

async function look(visitor, options) {
  return visitor.page.evaluate(async (how) => {
    const { violations } = await globalThis.axe.run(document, how)
    return violations.map((v) => `${v.id}: ${v.help} (${v.nodes.length}) ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`)
  }, options)
}

for (const user of ['', 'clerk', 'head', 'county', 'sysadmin', 'secadmin', 'auditor'])
  story(`axe finds nothing: ${user || 'nobody signed in'}`, async (desk) => {
    const visitor = await desk.visit(user)
    visitor.expect(403, 404)
    const found = []
    for (const path of await pagesOf(visitor, user, user === 'clerk')) {
      await visitor.go(path)
      await visitor.page.evaluate(axe)
      for (const [theme, how] of [['light', whole], ['dark', colours], ['contrast', colours]]) {
        await visitor.page.evaluate((to) => {
          document.documentElement.dataset.theme = to
          document.documentElement.classList.toggle('dark', to === 'dark')
        }, theme)
        await visitor.page.waitForTimeout(100)
        for (const violation of await look(visitor, how)) found.push(`${path} ${theme} ${violation}`)
      }
    }
    assert.deepEqual(found, [])
  }, { timeout: 200_000 })
