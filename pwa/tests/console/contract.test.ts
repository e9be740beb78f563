import { readFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'
import { expect, it } from 'vitest'

const from = (path: string) => new URL(path, import.meta.url)
/** The file's opening comment is the command line's, not the generator's. */
const body = (text: string) => text.replace(/^\/\*\*[\s\S]*?\*\/\s*/, '').trim()

it('has the API’s types as the OpenAPI document has them now: after a change run `npm run types`', async () => {
  const made = astToString(await openapiTS(from('../../../schemas/openapi.json'), { defaultNonNullable: false }))
  expect(body(readFileSync(from('../../src/api/schema.d.ts'), 'utf8'))).toBe(body(made))
}, 20_000)
