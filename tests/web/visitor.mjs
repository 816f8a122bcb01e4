// One person at one window: what he does is counted, what his browser complains of is kept.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'

/** Answers a page is prepared for: not signed in, refused, stale, not valid. */
const ordinary = new Set([401, 409, 412, 422])

export class Visitor {
  #faults = []
  #allowed = new Set(ordinary)
  #cut = false
  #under = new Set()
  #changed = 0
  /** Clicks, typed fields and pressed keys since the last count. */
  interactions = 0

  constructor(page, address, user) {
    this.page = page
    this.address = address
    this.user = user
    page.setDefaultTimeout(10_000)
    page.on('pageerror', (error) => this.#fault(`error: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() !== 'error') return
      const text = message.text()
      // Told by the response itself, below.
      if (/^Failed to load resource/.test(text)) return
      this.#fault(`console: ${text}`)
    })
    page.on('request', (request) => this.#goes(request, true))
    page.on('requestfinished', (request) => this.#goes(request, false))
    page.on('requestfailed', (request) => this.#goes(request, false))
    page.on('response', (answer) => {
      const status = answer.status()
      if (status >= 400 && !this.#allowed.has(status))
        this.#fault(`${status} ${answer.url().slice(address.length)}`)
    })
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? ''
      // A page that is left drops what it still waited for.
      if (!this.#cut && why !== 'net::ERR_ABORTED') this.#fault(`${why} ${request.url()}`)
    })
  }

  #fault(text) {
    this.#faults.push(`${this.user ?? 'nobody'} ${this.page.url().slice(this.address.length)}: ${text}`)
  }

  takeFaults() {
    return this.#faults.splice(0)
  }

  /** This answer is expected from now on. */
  expect(...statuses) {
    for (const status of statuses) this.#allowed.add(status)
  }

  async go(path) {
    await this.page.goto(path)
    await this.page.locator('h1').first().waitFor({ state: 'attached' })
    await this.settled()
  }

  #goes(request, begins) {
    // A stream of events stays open.
    if (request.resourceType() === 'eventsource') return
    if (begins) this.#under.add(request)
    else this.#under.delete(request)
    this.#changed = Date.now()
  }

  /** Nothing is being read any more. */
  async settled(quiet = 150) {
    const until = Date.now() + 15_000
    while (this.#under.size || Date.now() - this.#changed < quiet) {
      if (Date.now() > until) throw new Error(`still read: ${[...this.#under].map((r) => r.url())}`)
      await new Promise((done) => setTimeout(done, 25))
    }
  }

  at(selector, options) {
    return typeof selector === 'string' ? this.page.locator(selector, options) : selector
  }

  button(name, within = this.page) {
    return within.getByRole('button', { name })
  }

  link(name, within = this.page) {
    return within.getByRole('link', { name })
  }

  /** The field of a form by its id in the catalog. */
  field(id, within = this.page) {
    return within.locator(`[data-field="${id}"]`)
  }

  async click(target) {
    this.interactions++
    await this.at(target).click()
  }

  async type(target, text) {
    this.interactions++
    await this.at(target).fill(text)
    await this.at(target).dispatchEvent('change')
  }

  async press(key) {
    this.interactions++
    await this.page.keyboard.press(key)
  }

  /** Chooses in a list one can type into: opening it and choosing are two. */
  async choose(target, option) {
    await this.click(this.at(target).locator('.el-select, select').first())
    await this.click(
      this.page.locator('.el-select-dropdown__item:visible').filter({ hasText: option }).first(),
    )
  }

  /** The day of a date field is today: as it stands, or with one press. */
  async today(id) {
    await this.field(id).locator('input.day').waitFor()
    const press = this.button('今天', this.field(id))
    if (await press.count()) await this.click(press)
  }

  async sees(text, within = this.page) {
    await within.getByText(text).first().waitFor({ state: 'visible' })
  }

  async offline(cut) {
    this.#cut ||= cut
    await this.page.context().setOffline(cut)
  }

  /** The same person's own request, past the page: to look behind it or to change what it shows. */
  async ask(method, path, data, headers = {}) {
    const request = this.page.context().request
    const csrf = (await (await request.get('/api/v1/session')).json()).csrf
    const answer = await request.fetch(`/api/v1${path}`, {
      method,
      headers: { 'X-CSRF-Token': csrf, 'Idempotency-Key': randomUUID(), ...headers },
      ...(data === undefined ? {} : { data }),
    })
    const text = await answer.text()
    return {
      status: answer.status(),
      body: /json/.test(answer.headers()['content-type'] ?? '') ? JSON.parse(text) : text,
    }
  }

  async read(path) {
    const { status, body } = await this.ask('GET', path)
    assert.equal(status, 200, `${path}: ${JSON.stringify(body).slice(0, 300)}`)
    return body
  }

  async write(method, path, data) {
    const { status, body } = await this.ask(method, path, data)
    assert.ok(status < 300, `${method} ${path}: ${status} ${JSON.stringify(body).slice(0, 500)}`)
    return body
  }
}
