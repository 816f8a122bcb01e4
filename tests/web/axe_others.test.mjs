// No page of anybody else's may, nor of those who have not signed in.
import { lookAt } from './axe.mjs'
import { story } from './desk.mjs'
import { everyone } from './pages.mjs'

/** Counsel has something to look at. */
async function sendOne(desk) {
  const clerk = await desk.visit('clerk')
  const [sent] = (await clerk.read('/ledgers/major_decision/records?period=2023&limit=1')).items
  await clerk.write('POST', `/records/${sent.id}/handlers`, { user: 'counsel' })
}

for (const user of ['', ...everyone.filter((one) => one !== 'clerk')])
  story(
    `axe finds nothing: ${user || 'nobody signed in'}`,
    async (desk) => {
      if (user === 'counsel') await sendOne(desk)
      await lookAt(await desk.visit(user), user)
    },
    { timeout: 200_000 },
  )
