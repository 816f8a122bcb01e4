// On a phone of 360 px nothing may either, nor stick out sideways.
import { lookAt, looks } from './axe.mjs'
import { story } from './desk.mjs'

for (const user of ['', 'clerk', 'village', 'head'])
  story(
    `axe finds nothing on a phone: ${user || 'nobody signed in'}`,
    async (desk) => lookAt(await desk.visit(user, { width: 360 }), user, user === 'clerk', [looks[0]]),
    { timeout: 120_000 },
  )
