// Pictures of every page at three widths into build/web-shots/:  node tests/web/shots.mjs [user …]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Desk, source } from './desk.mjs'
import { pagesOf } from './pages.mjs'

const folder = join(source, 'build/web-shots')
mkdirSync(folder, { recursive: true })
const users =
  process.argv.length > 2
    ? process.argv.slice(2)
    : ['', 'clerk', 'head', 'county', 'sysadmin', 'secadmin', 'auditor', 'village']
const desk = await Desk.open()
try {
  for (const user of users)
    for (const width of [1366, 820, 360]) {
      const visitor = await desk.visit(user, { width })
      for (const path of await pagesOf(visitor, user)) {
        await visitor.go(path)
        await visitor.page.waitForTimeout(300)
        const name =
          path
            .replace(/[0-9a-f-]{36}/g, 'one')
            .replace(/[^a-z0-9]+/gi, '_')
            .replace(/^_|_$/g, '') || 'home'
        await visitor.page.screenshot({ path: join(folder, `${user || 'nobody'}-${name}-${width}.png`) })
        const over = await visitor.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        if (over > 0) console.log(`${user} ${path} ${width}: ${over} px too wide`)
      }
      for (const fault of visitor.takeFaults()) console.log(fault)
      await visitor.page.context().close()
    }
} finally {
  await desk.close()
}
