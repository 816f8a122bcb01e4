// What the entry pages load the first time, as it crosses the wire.
import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { story } from './desk.mjs'

const most = 300 * 1024

/** Bytes of all answers that are pages, scripts, styles or fonts, compressed. */
async function weigh(visitor, path) {
  const bodies = []
  visitor.page.on('response', (answer) => {
    if (/^(document|script|stylesheet|font|image)$/.test(answer.request().resourceType()))
      bodies.push(answer.body().catch(() => Buffer.alloc(0)))
  })
  await visitor.go(path)
  return (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0)
}

for (const [user, path] of [
  ['', '/sign-in'],
  ['clerk', '/'],
  ['clerk', '/ledgers/dispute'],
])
  story(`${path} is light`, async (desk) => {
    const size = await weigh(await desk.visit(user), path)
    console.log(`${path}: ${Math.round(size / 1024)} KiB compressed`)
    assert.ok(size > 20_000 && size <= most, `${size} bytes`)
  })
