// First sign-in by a one-time code, a password of one's own, and in again with it.
import assert from 'node:assert/strict'
import { story } from './desk.mjs'

const password = '门前 石桥 七只白鹭 2026'

async function enterByCode(person, code) {
  await person.go('/')
  await person.page.waitForURL(/\/sign-in/)
  await person.click(person.button('用一次性登录码'))
  await person.type('#once', code)
  await person.click(person.button(/^登录$/))
}

story('a code, a password, and in again', async (desk) => {
  const security = await desk.visit('secadmin')
  const made = await security.write('POST', '/users', {
    id: 'newcomer',
    name: '新来的（示例）',
    org: '500229107',
    roles: ['legal_officer'],
  })
  const newcomer = await desk.visit()
  await enterByCode(newcomer, made.code)
  await newcomer.page.waitForURL(/\/account/)
  await newcomer.type('#new', 'password1234')
  await newcomer.type('#again', 'password1234')
  await newcomer.click(newcomer.button('换密码'))
  await newcomer.sees('这个密码过于常见')
  await newcomer.type('#new', password)
  await newcomer.type('#again', password)
  await newcomer.click(newcomer.button('换密码'))
  await newcomer.sees('密码已换')
  await newcomer.go('/')
  await newcomer.sees('高观镇')

  await newcomer.click('button.me')
  await newcomer.click(newcomer.button('退出登录'))
  await newcomer.page.waitForURL(/\/sign-in/)
  await newcomer.type('#user', 'newcomer')
  await newcomer.type('#password', `${password}!`)
  await newcomer.click(newcomer.button(/^登录$/))
  await newcomer.page.locator('#said').filter({ hasText: /\S/ }).waitFor()
  await newcomer.type('#password', password)
  await newcomer.click(newcomer.button(/^登录$/))
  await newcomer.page.waitForURL((url) => url.pathname === '/')
  await newcomer.sees('新来的（示例）')
})

story('a code serves once', async (desk) => {
  const first = await desk.visit()
  await enterByCode(first, desk.codes.officer)
  await first.page.waitForURL((url) => url.pathname === '/')
  const second = await desk.visit()
  await enterByCode(second, desk.codes.officer)
  await second.page.locator('#said').filter({ hasText: /\S/ }).waitFor()
  assert.match(second.page.url(), /sign-in/)
})
