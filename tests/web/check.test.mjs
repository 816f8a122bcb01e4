// A report dropped on the check page, by somebody who keeps no ledger.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { story } from './desk.mjs'

story('a dropped report is read and its places are shown', async (desk) => {
  const clerk = await desk.visit('clerk')
  const folder = join(desk.data, 'reports')
  const file = readdirSync(folder).find((name) => name.endsWith('.docx'))
  await clerk.go('/check')
  await clerk.page.locator('input[type=file]').first().setInputFiles(join(folder, file))
  await clerk.sees(/法治政府建设/, clerk.page.locator('main'))
  await clerk.page.locator('mark, .note').first().waitFor({ timeout: 20_000 })
})
