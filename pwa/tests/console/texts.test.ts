import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import commonZh from '@/messages/common.zh-CN.json'
import en from '@/messages/console.en.json'
import zh from '@/messages/console.zh-CN.json'
import { language } from '@/messages/t'
import { problemText } from '@/console/problemText'
import { resultText } from '@/console/resultText'

const sources = fileURLToPath(new URL('../../src/console', import.meta.url))
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(vue|ts)$/.test(name)).map((name) => readFileSync(join(sources, name), 'utf8'))
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort()
afterEach(() => { language.value = 'zh-CN' })

describe('the catalogues', () => {
  it('say the same things with the same values in both languages', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh))
    for (const [key, text] of Object.entries(zh)) expect([key, placeholders((en as Record<string, string>)[key] ?? '')]).toEqual([key, placeholders(text)])
  })
  it('hold every key that a screen names', () => {
    const known = { ...commonZh, ...zh }
    const named = files.flatMap((file) => [...file.matchAll(/\bt\('([\w.-]+)'/g)].map((found) => found[1] ?? ''))
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter((key) => !(key in known))).toEqual([])
  })
  it('are where all Chinese is: none stands in a screen', () => {
    const brand = '掌检'
    const templates = files.map((file) => file.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|<!--[\s\S]*?-->/g, '').replaceAll(brand, ''))
    expect(templates.filter((file) => /[\u4e00-\u9fff]/.test(file))).toEqual([])
  })
})

describe('a problem', () => {
  it('is told in the server’s words, with what to do where we know it', () => {
    expect(problemText({ code: 'draws.pool_empty', detail: '没有可抽取的对象' })).toEqual({ what: '没有可抽取的对象', todo: zh['todo.draws.pool_empty'] })
  })
  it('is never silent', () => {
    expect(problemText({ code: 'some.new_code' }).what).toContain('some.new_code')
    expect(problemText({ code: 'x', title: 'Title' }).what).toBe('Title')
  })
})

it('has a sentence for a result code, and shows one it does not know', () => {
  expect(resultText('ordered_to_correct')).toBe('发现问题已责令改正')
  language.value = 'en'
  expect(resultText('no_problem_found')).toBe('No problem found')
  expect(resultText('constructor')).toBe('constructor')
})
