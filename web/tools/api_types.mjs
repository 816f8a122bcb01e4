// Makes src/api/shapes.ts of docs/schema/api.json, whose shapes the server's specification is made of:
//   node tools/api_types.mjs           writes it
//   node tools/api_types.mjs --check   ends with 1 where it is not what the schema says now
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'
import { format } from 'prettier'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const schemas = JSON.parse(readFileSync(here('../../docs/schema/api.json'), 'utf8'))
const specification = {
  openapi: '3.1.0',
  info: { title: 'shapes', version: '1' },
  paths: {},
  components: { schemas },
}
const tree = await openapiTS(specification, { exportType: true, alphabetize: false })
const style = JSON.parse(readFileSync(here('../.prettierrc.json'), 'utf8'))
const head = '// Made of docs/schema/api.json by `npm run api-types`: change that, then make this again.\n\n'
const made = await format(head + astToString(tree), { ...style, parser: 'typescript' })
const file = here('../src/api/shapes.ts')
if (process.argv[2] !== '--check') writeFileSync(file, made)
else if (readFileSync(file, 'utf8') !== made) {
  console.error('web/src/api/shapes.ts is not what docs/schema/api.json says: npm run api-types')
  process.exit(1)
}
