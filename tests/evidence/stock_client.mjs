// tus-js-client as it comes, in Node: sends a file in chunks, breaks off once, finds its upload again and ends it.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'

const [modules, endpoint, cookie, path, metadata, along] = process.argv.slice(2)
const { Upload } = createRequire(`${modules}/package.json`)('tus-js-client')
const content = readFileSync(path)
const common = {
  endpoint,
  metadata: JSON.parse(metadata),
  chunkSize: 100_000,
  retryDelays: [0, 200],
  uploadDataDuringCreation: along === 'along',
  headers: { Cookie: cookie },
  storeFingerprintForResuming: false,
}

const url = await new Promise((resolve, reject) => {
  const first = new Upload(content, {
    ...common,
    onError: reject,
    onChunkComplete: (_, sent) => {
      if (sent >= 200_000) first.abort().then(() => resolve(first.url), reject)
    },
  })
  first.start()
})
await new Promise((resolve, reject) => {
  new Upload(content, { ...common, uploadUrl: url, onError: reject, onSuccess: resolve }).start()
})
console.log(url)
