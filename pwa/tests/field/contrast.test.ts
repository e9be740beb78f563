import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../../src/ui/tokens.css'), 'utf8')
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)')
const colours = (text: string) => new Map([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]))

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const TEXT: [string, string][] = [
  ['ink', 'paper'], ['ink', 'surface'], ['ink-soft', 'paper'], ['ink-soft', 'surface'], ['ink-soft', 'sunk'], ['accent', 'surface'], ['accent', 'paper'], ['on-accent', 'accent'],
  ['bad', 'surface'], ['bad', 'paper'], ['attention', 'surface'], ['surface', 'bad'], ['surface', 'attention'],
  ...['good', 'attention', 'bad', 'info', 'calm'].map((tone): [string, string] => [tone, `${tone}-tint`]),
]

describe.each([['light', colours(light)], ['dark', colours(dark)]])('%s', (_name, palette) => {
  const of = (name: string) => palette.get(name) ?? expect.fail(`no colour ${name}`)

  it.each(TEXT)('%s on %s reads in sunlight (AAA, 7:1)', (text, ground) => {
    expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(7)
  })

  it.each([['line-strong', 'surface'], ['accent', 'paper']])('%s on %s marks a control (3:1)', (line, ground) => {
    expect(contrast(of(line), of(ground))).toBeGreaterThanOrEqual(3)
  })
})
