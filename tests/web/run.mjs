// The pages in a real browser against the real program:  node tests/web/run.mjs [part of a test file's name]
// Ends with 77 where there is no browser.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binary, browserPath, makeDemo } from './desk.mjs'

if (!existsSync(browserPath)) {
  console.log(`no ${browserPath}: the pages were not looked at`)
  process.exit(77)
}
if (!existsSync(binary)) {
  console.log(`no ${binary}: build it, or name one in YIFA_BINARY`)
  process.exit(1)
}
const folder = mkdtempSync(join(tmpdir(), 'yifa-web-'))
const demo = join(folder, 'demo')
let code = 1
try {
  makeDemo(demo)
  const wanted = process.argv[2] ?? ''
  const files = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.test.mjs') && name.includes(wanted))
    .sort()
    .map((name) => join(import.meta.dirname, name))
  const args = ['--test', '--test-concurrency=2', '--test-reporter=spec', ...files]
  code =
    spawnSync(process.execPath, args, {
      stdio: 'inherit',
      env: { ...process.env, YIFA_WEB_DEMO: demo, YIFA_BINARY: binary },
    }).status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit(code)
