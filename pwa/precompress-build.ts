import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|css|html|svg|json|webmanifest)$/
/** Below this a compressed answer is no smaller on the wire. */
const WORTH_IT = 1024

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** After everything is written: a `.br` and a `.gz` beside each text, which the server hands to whoever takes them. */
export function precompress(): Plugin {
  let out = ''
  return {
    name: 'palmcheck-precompress',
    apply: 'build',
    enforce: 'post',
    configResolved(config) { out = join(config.root, config.build.outDir) },
    async closeBundle() {
      const names = (await readdir(out, { recursive: true })).filter((name) => TEXT.test(name))
      await Promise.all(names.map((name) => compressed(join(out, name))))
    },
  }
}

async function compressed(path: string): Promise<void> {
  const bytes = await readFile(path)
  if (bytes.length < WORTH_IT) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  await writeFile(`${path}.br`, await brotli(bytes, { params }))
  await writeFile(`${path}.gz`, await zip(bytes, { level: constants.Z_BEST_COMPRESSION }))
}
