import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fill } from '@/messages/t'
import commonEn from '@/messages/common.en.json'
import commonZh from '@/messages/common.zh-CN.json'
import fieldEn from '@/messages/field.en.json'
import fieldZh from '@/messages/field.zh-CN.json'
import inboxEn from '@/messages/inbox.en.json'
import inboxZh from '@/messages/inbox.zh-CN.json'

const SOURCE = join(import.meta.dirname, '../../src')
const MINE = ['field', 'ui', 'messages']
const CHINESE = /[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]/

const files = MINE.flatMap((folder) => readdirSync(join(SOURCE, folder), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|vue)$/.test(name))
  .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(SOURCE, folder, name), 'utf8') })))
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|^\s*\/\/.*$/gm, '')
const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

describe.each([['common', commonZh, commonEn], ['field', fieldZh, fieldEn], ['inbox', inboxZh, inboxEn]])('the %s catalogues', (_name, zh: Record<string, string>, en: Record<string, string>) => {
  it('have the same keys, in the same order', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh))
  })

  it('have no empty text, and the same places for values', () => {
    for (const key of Object.keys(zh)) {
      expect(zh[key], key).toBeTruthy()
      expect(places(en[key] ?? ''), key).toEqual(places(zh[key] ?? ''))
    }
  })
})

it('no Chinese text stands in a component or module', () => {
  const guilty = files.filter(({ name, text }) => name !== 'field/numberInput.ts' && CHINESE.test(withoutComments(text)))
  expect(guilty.map(({ name }) => name)).toEqual([])
})

it('every text of the field app is used by a screen', () => {
  const all = files.map(({ text }) => text).join('\n')
  const prefixes = [...all.matchAll(/`([a-z_]+\.(?:[a-z_]+_)?)\$\{/g)].map((match) => match[1] ?? '')
  const idle = Object.keys(fieldZh).filter((key) => !all.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)))
  expect(idle).toEqual([])
})

it('a value goes into its place, and a missing one stays visible', () => {
  expect(fill('{a} of {b}', { a: 1 })).toBe('1 of {b}')
})
