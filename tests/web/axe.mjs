// Looks at every page of somebody with axe-core, in every theme and in large type. Nothing may stick out sideways either.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { source } from './desk.mjs'
import { pagesOf } from './pages.mjs'

const axe = readFileSync(join(source, 'web/node_modules/axe-core/axe.min.js'), 'utf8')
const whole = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
}
const only = (...rules) => ({ runOnly: { type: 'rule', values: rules } })
/** What differs between themes; what differs with the size. */
const colours = only('color-contrast', 'link-in-text-block')
const sizes = only('target-size', 'scrollable-region-focusable')
export const looks = [
  { theme: 'light', how: whole },
  { theme: 'dark', how: colours },
  { theme: 'contrast', how: colours },
  { theme: 'light', large: true, how: sizes },
]

function dress(visitor, { theme, large }) {
  return visitor.page.evaluate(
    ([to, size]) => {
      const root = document.documentElement
      root.dataset.theme = to
      root.classList.toggle('dark', to === 'dark')
      root.dataset.size = size
    },
    [theme, large ? 'large' : 'usual'],
  )
}

async function violations(visitor, options) {
  return visitor.page.evaluate(async (how) => {
    const { violations: told } = await globalThis.axe.run(document, how)
    const said = told.map((v) => {
      const where = v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.any[0]?.message ?? ''}`)
      return `${v.id} (${v.nodes.length}) ${where.join(' | ')}`
    })
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) said.push(`${root.scrollWidth - root.clientWidth} px too wide`)
    return said
  }, options)
}

/** `all`: also the pages that look the same for everyone. */
export async function lookAt(visitor, user, all = false, how = looks) {
  const found = []
  for (const path of await pagesOf(visitor, user, all)) {
    await visitor.go(path)
    await visitor.page.evaluate(axe)
    for (const look of how) {
      await dress(visitor, look)
      const name = `${path} ${look.theme}${look.large ? ' large' : ''}`
      for (const one of await violations(visitor, look.how)) found.push(`${name}: ${one}`)
    }
    await dress(visitor, looks[0])
  }
  assert.deepEqual(found, [])
}
