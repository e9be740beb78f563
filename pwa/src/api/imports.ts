import { addressOf, type Call } from './client'
import { NetworkError, ProblemError, type Problem } from './problem'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']
/** `progress` in 1/10,000 of the file; counts are of rows. */
export type TargetImport = Schemas['TargetImportView']
/** `progress` in 1/10,000 of the rows. */
export type InspectorImport = Schemas['InspectorImportView']
export type FileImport = TargetImport | InspectorImport
export type ImportFault = Schemas['ImportFaultView']
export type ImportMode = TargetImport['mode']

/** What sends a file: by XMLHttpRequest, for `fetch` does not tell how far an upload is. `part` from 0 to 1. */
export type SendFile<View extends FileImport> = (importId: string, file: File, mode: ImportMode, language: string, tell: (part: number) => void) => Promise<View>

/** All that is done with files of one kind. `mostBytes`: what the server takes. */
export interface ImportDoor<View extends FileImport> {
  readonly template: string
  readonly mostBytes: number
  send: SendFile<View>
  list(cursor?: string | null): Promise<Page<View>>
  read(importId: string): Promise<View>
  faults(importId: string, cursor?: string | null): Promise<Page<ImportFault>>
  cancel(importId: string): Promise<View>
  retry(importId: string): Promise<View>
  report(importId: string, kind: 'xlsx' | 'csv'): string
}

function door<View extends FileImport>(call: Call, base: string, template: string, mostBytes: number): ImportDoor<View> {
  const one = (importId: string) => `${base}/${encodeURIComponent(importId)}`
  return {
    template,
    mostBytes,
    send: (importId, file, mode, language, tell) => sendTo<View>(addressOf(one(importId), { filename: file.name.slice(-200), ...(mode === 'replace' ? { mode } : {}) }), file, language, tell),
    list: (cursor = null) => call<Page<View>>('GET', base, { query: { cursor } }),
    read: (importId) => call<View>('GET', one(importId)),
    faults: (importId, cursor = null) => call<Page<ImportFault>>('GET', `${one(importId)}/faults`, { query: { cursor } }),
    cancel: (importId) => call<View>('POST', `${one(importId)}/cancel`),
    retry: (importId) => call<View>('POST', `${one(importId)}/retry`),
    report: (importId, kind) => `${one(importId)}/faults.${kind}`,
  }
}

/** Imports of the registries. */
export function importOperations(call: Call) {
  return {
    targetImports: door<TargetImport>(call, '/api/registry/imports', '/api/registry/imports/template.xlsx', 300_000_000),
    inspectorImports: door<InspectorImport>(call, '/api/registry/inspectors/imports', '/api/registry/inspectors/template.xlsx', 5_000_000),
  }
}

const sendTo = <View>(address: string, file: File, language: string, tell: (part: number) => void): Promise<View> => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest()
  request.open('PUT', address)
  request.setRequestHeader('accept', 'application/json, application/problem+json')
  request.setRequestHeader('accept-language', language)
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0)
  request.onerror = request.onabort = () => reject(new NetworkError('the upload was cut off'))
  request.onload = () => {
    try {
      const said = JSON.parse(request.responseText) as View & Problem
      if (request.status < 300) resolve(said)
      else reject(new ProblemError(said))
    } catch {
      reject(new NetworkError(`answer ${request.status} is not JSON`))
    }
  }
  request.send(file)
})
