import { addressOf, type Call } from './client'
import { NetworkError, ProblemError, type Problem } from './problem'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']
/** `progress` in 1/10,000 of the file; counts are of rows. */
export type TargetImport = Schemas['TargetImportView']
export type ImportFault = Schemas['ImportFaultView']
export type ImportMode = TargetImport['mode']

const one = (importId: string) => `/api/registry/imports/${encodeURIComponent(importId)}`
export const templateAddress = '/api/registry/imports/template.xlsx'
export const reportAddress = (importId: string, kind: 'xlsx' | 'csv') => `${one(importId)}/faults.${kind}`

/** Imports of targets, by their operation ids. */
export function importOperations(call: Call) {
  return {
    listTargetImports: (cursor: string | null = null) => call<Page<TargetImport>>('GET', '/api/registry/imports', { query: { cursor } }),
    readTargetImport: (importId: string) => call<TargetImport>('GET', one(importId)),
    listTargetImportFaults: (importId: string, cursor: string | null = null) => call<Page<ImportFault>>('GET', `${one(importId)}/faults`, { query: { cursor } }),
    cancelTargetImport: (importId: string) => call<TargetImport>('POST', `${one(importId)}/cancel`),
    retryTargetImport: (importId: string) => call<TargetImport>('POST', `${one(importId)}/retry`),
  }
}

/** What sends a file: by XMLHttpRequest, for `fetch` does not tell how far an upload is. `part` from 0 to 1. */
export type SendFile = (importId: string, file: File, mode: ImportMode, language: string, tell: (part: number) => void) => Promise<TargetImport>

export const importTargets: SendFile = (importId, file, mode, language, tell) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest()
  request.open('PUT', addressOf(one(importId), { filename: file.name.slice(-200), mode }))
  request.setRequestHeader('accept', 'application/json, application/problem+json')
  request.setRequestHeader('accept-language', language)
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0)
  request.onerror = request.onabort = () => reject(new NetworkError('the upload was cut off'))
  request.onload = () => {
    try {
      const said = JSON.parse(request.responseText) as TargetImport & Problem
      if (request.status < 300) resolve(said)
      else reject(new ProblemError(said))
    } catch {
      reject(new NetworkError(`answer ${request.status} is not JSON`))
    }
  }
  request.send(file)
})
