import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { transformWithOxc, type Plugin, type Rolldown } from 'vite'

/** The field app's address space: the worker's scope, and the folder of public/ that ships with it. */
const SCOPE = 'app'

type Bundle = Rolldown.OutputBundle

/** Names of the files that the entry's page needs, at once or later: chunks, their styles and other assets. */
export function filesOf(bundle: Bundle, entry: string): string[] {
  const found = new Set<string>()
  const waiting = [entry]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const file = bundle[name]
    if (!file || found.has(name)) continue
    found.add(name)
    if (file.type === 'chunk') waiting.push(...file.imports, ...file.dynamicImports, ...file.viteMetadata?.importedCss ?? [], ...namedIn(file.code, bundle))
  }
  return [...found].sort()
}

/** Workers are named only inside the code that starts them. */
function namedIn(code: string, bundle: Bundle): string[] {
  return Object.keys(bundle).filter((name) => name.includes('worker') && code.includes(name))
}

/**
 * After the bundle: writes `app/sw.js`, served at /app/sw.js with scope /app/, fed with this version's files.
 * Only the field app is kept for offline use; the console is none of its business.
 */
export function serviceWorker(): Plugin {
  let root = ''
  return {
    name: 'palmcheck-service-worker',
    apply: 'build',
    configResolved(config) { root = config.root },
    async writeBundle(options, bundle) {
      const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry && file.name === SCOPE)
      if (!entry) return
      const out = options.dir ?? join(root, 'dist')
      const beside = (await readdir(join(root, 'public', SCOPE))).map((name) => `${SCOPE}/${name}`)
      const names = [`${SCOPE}/index.html`, ...filesOf(bundle, entry.fileName), ...beside.sort()]
      const contents = await Promise.all(names.map((name) => readFile(join(out, name))))
      const version = contents.reduce((hash, bytes) => hash.update(bytes), createHash('sha256')).digest('hex').slice(0, 16)
      const addresses = names.map((name) => `/${name.replace(/index\.html$/, '')}`)
      const source = join(root, 'src/sw.ts')
      const { code } = await transformWithOxc(await readFile(source, 'utf8'), source)
      await writeFile(join(out, SCOPE, 'sw.js'), `const FILES = ${JSON.stringify(addresses)}\nconst VERSION = ${JSON.stringify(version)}\n${code}`)
    },
  }
}
