// A running desk of the demonstration's own: a copied data directory, a server on a free port, a browser.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium } from '../../web/node_modules/playwright-core/index.mjs'
import { Visitor } from './visitor.mjs'

export const source = fileURLToPath(new URL('../..', import.meta.url))
export const binary = process.env.YIFA_BINARY ?? join(source, 'build/ci/app/yifa')
export const browserPath = process.env.YIFA_CHROMIUM ?? '/usr/bin/chromium'
const flags = ['--no-sandbox', '--headless=new', '--disable-gpu', '--disable-background-networking']

/** The directory every desk is a copy of: made by run.mjs once, or here where a test is run alone. */
function demo() {
  if (process.env.YIFA_WEB_DEMO) return process.env.YIFA_WEB_DEMO
  const made = join(mkdtempSync(join(tmpdir(), 'yifa-web-demo-')), 'demo')
  makeDemo(made)
  process.env.YIFA_WEB_DEMO = made
  process.on('exit', () => rmSync(join(made, '..'), { recursive: true, force: true }))
  return made
}

export function makeDemo(folder) {
  execFileSync(binary, ['--data', folder, 'demo'], { stdio: ['ignore', 'ignore', 'inherit'] })
}

export class Desk {
  #visitors = []
  #states = new Map()

  /** `fresh`: a place where nobody has an account yet; else a copy of the demonstration. */
  static async open({ fresh = false } = {}) {
    const desk = new Desk()
    desk.folder = mkdtempSync(join(tmpdir(), 'yifa-web-'))
    desk.data = join(desk.folder, fresh ? 'fresh' : 'demo')
    if (fresh) {
      desk.command('init')
      desk.command('orgs', 'import', join(source, 'examples/orgs/500229107.csv'))
    } else {
      cpSync(demo(), desk.data, { recursive: true })
      if (existsSync(`${demo()}.key`)) cpSync(`${demo()}.key`, `${desk.data}.key`)
    }
    await desk.#serve()
    desk.browser = await chromium.launch({ executablePath: browserPath, args: flags })
    return desk
  }

  #serve() {
    this.server = spawn(binary, ['--data', this.data, 'serve', '--listen', '127.0.0.1:0', '--quiet'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.codes = {}
    let told = ''
    let wrong = ''
    this.server.stderr.on('data', (part) => (wrong += part))
    return new Promise((done, failed) => {
      const late = setTimeout(() => failed(new Error(`the server said only: ${told}${wrong}`)), 30_000)
      this.server.on('exit', (code) => failed(new Error(`the server ended with ${code}: ${wrong}`)))
      this.server.stdout.on('data', (part) => {
        told += part
        for (const [, user, code] of told.matchAll(/^ {2}(\w+) +((?:[0-9A-Z]{4,5}-)+[0-9A-Z]{4,5})/gm))
          this.codes[user] = code
        this.address = /http:\/\/[^\s/]+/.exec(told)?.[0]
        this.setupCode = /^ {2}((?:[0-9A-Z]{4,5}-)+[0-9A-Z]{4,5})$/m.exec(told)?.[1]
        if (!this.address || !(this.codes.auditor || this.setupCode)) return
        clearTimeout(late)
        done()
      })
    })
  }

  /** The command line beside the running server. */
  command(...args) {
    return execFileSync(binary, ['--data', this.data, ...args], { encoding: 'utf8' })
  }

  /** Someone at a window of his own, signed in as `user` (nobody without). */
  async visit(user, { width = 1366, height, context: given = {}, worker = false } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.address,
      viewport: { width, height: height ?? (width < 500 ? 760 : 900) },
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      serviceWorkers: worker ? 'allow' : 'block',
      acceptDownloads: true,
      ...(width < 500 ? { isMobile: true, hasTouch: true } : {}),
      ...given,
    })
    if (user) await this.#letIn(context, user)
    const visitor = new Visitor(await context.newPage(), this.address, user)
    this.#visitors.push(visitor)
    return visitor
  }

  async #letIn(context, user) {
    const known = this.#states.get(user)
    if (known) return context.addCookies(known)
    const answer = await context.request.post('/api/v1/session/code', { data: { code: this.codes[user] } })
    assert.equal(answer.status(), 200, `${user} is let in by his code: ${await answer.text()}`)
    this.#states.set(user, await context.cookies())
  }

  /** Whoever signed in at the page is known from then on: his code is spent. */
  async keep(user, visitor) {
    this.#states.set(user, await visitor.page.context().cookies())
  }

  faults() {
    return this.#visitors.flatMap((v) => v.takeFaults())
  }

  /** What no page may ever do. */
  sound() {
    assert.deepEqual(this.faults(), [], 'no page complains')
  }

  /** What everyone's window showed when a test failed. */
  async portray(name) {
    let n = 0
    for (const { page } of this.#visitors) {
      if (page.isClosed()) continue
      const path = join(source, 'build/web-shots/failed', `${name.replace(/[^\w]+/g, '_')}-${++n}.png`)
      await page.screenshot({ path }).catch(() => {})
      console.log(`shown in ${path}: ${page.url()}`)
    }
  }

  async leave() {
    for (const { page } of this.#visitors.splice(0)) await page.context().close()
  }

  async close() {
    await this.browser?.close()
    this.server.removeAllListeners('exit')
    const ended = new Promise((done) => this.server.once('exit', done))
    this.server.kill('SIGTERM')
    const forced = setTimeout(() => this.server.kill('SIGKILL'), 5_000)
    await ended
    clearTimeout(forced)
    rmSync(this.folder, { recursive: true, force: true })
  }
}

let open
/**
 * A test of one file's desk: `tell(desk)` plays it, and no page may have complained when it ends. The first one says
 * whether it is a `fresh` one.
 */
export function story(name, tell, { fresh, ...options } = {}) {
  if (!open) {
    open = {}
    before(async () => (open.desk = await Desk.open({ fresh })))
    after(() => open.desk?.close())
  }
  test(name, { timeout: 90_000, ...options }, async () => {
    try {
      await tell(open.desk)
      open.desk.sound()
    } catch (wrong) {
      await open.desk.portray(name)
      const said = open.desk.faults()
      if (said.length) console.log('the pages complained:', said)
      throw wrong
    } finally {
      await open.desk.leave()
    }
  })
}
