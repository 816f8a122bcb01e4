// No page of the clerk's may shut anybody out.
import { lookAt } from './axe.mjs'
import { story } from './desk.mjs'

story('axe finds nothing: clerk', async (desk) => lookAt(await desk.visit('clerk'), 'clerk', true), {
  timeout: 240_000,
})
