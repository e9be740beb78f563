import { describe, expect, it } from 'vitest'
import en from '@/messages/field.en.json'
import zh from '@/messages/field.zh-CN.json'
import { LOCAL_CODES } from '../../src/offline/problems'

describe('what the phone itself says', () => {
  it.each(LOCAL_CODES)('%s has a text in both languages', (code) => {
    for (const catalogue of [zh, en] as Record<string, string>[]) expect(catalogue[`problem.${code}`]).toBeTruthy()
  })
})
