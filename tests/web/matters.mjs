// What one does at the page of a matter, again and again.
import assert from 'node:assert/strict'

export const gatesCard = (person) => person.page.locator('section.gates')
export const takeButton = (person, name) =>
  gatesCard(person).locator('.take').getByRole('button', { name, exact: true })
export const stepForm = (person) => person.page.locator('form.record-form')

/** The matter's page, with the gates of one step in view. */
export async function lookAtStep(person, record, name) {
  await person.go(`/matters/${record}`)
  await person.click(gatesCard(person).locator('.tabs button').filter({ hasText: name }))
  await takeButton(person, name).waitFor()
}

/** Sends the form that stands open; where the law expected more, with the reason it asks for. */
export async function send(person, reason = '另有书面说明') {
  const form = stepForm(person)
  const asks = form.locator('textarea[id$=reason]')
  const press = async () => {
    await person.click(form.locator('button[type=submit]'))
    await person.settled()
  }
  if (await asks.count()) await person.type(asks, reason)
  await press()
  if ((await form.count()) && (await asks.count()) && !(await asks.inputValue())) {
    await person.type(asks, reason)
    await press()
  }
  if (await form.count()) assert.fail(`not taken: ${await form.locator('.err, .fault').allInnerTexts()}`)
}

/** Takes a step that is open to him: `fill` writes what it asks. */
export async function take(person, record, name, fill = async () => {}) {
  await lookAtStep(person, record, name)
  await person.click(takeButton(person, name))
  await stepForm(person).waitFor()
  await fill(stepForm(person))
  await send(person)
}

/** Opens the form of a part from the menu of what may come next. */
export async function openPart(person, record, name) {
  await person.go(`/matters/${record}`)
  await person.click(person.button('下一步'))
  await person.click(person.page.locator('.sheet-of button.item').filter({ hasText: `记${name}` }))
  await stepForm(person).waitFor()
}

export const day = (person, id, on) =>
  person.type(person.field(id, stepForm(person)).locator('input.day'), on)
/** As it stands in a draft that came back, or with one press. */
export async function press(person, id, name) {
  const choices = person.field(id, stepForm(person))
  const one = choices.getByRole('button', { name, exact: typeof name === 'string' })
  await one.waitFor()
  if ((await one.getAttribute('aria-pressed')) !== 'true') await person.click(one)
}
export const state = async (person, record) => (await person.read(`/records/${record}`)).state
