/** A server in memory that keeps the contract, and faults that a test asks for. */
import { createHash } from 'node:crypto'
import { canonicalBytes } from '../../src/offline/envelope'
import { base64url } from '../../src/offline/bytes'
import { openBox, serverKey } from './fakeSealing'
import type { Change, Changes, NewestOfInbox, Notification, Operation, Problem, SealedBox, Signed, Verdict } from '../../src/offline'

type Fault =
  | { is: 'lost_request' }
  /** The server does its work, the answer never comes. */
  | { is: 'lost_answer' }
  | ({ is: 'answer' } & Plain)
  /** Holds the request until the promise is done; then answers so, or does its work. */
  | { is: 'held'; until: Promise<void>; answer?: Plain }

interface Plain {
  status: number
  body?: string
  type?: string
}

/** What a server says whose session is over. */
export const SIGNED_OUT: Plain = {
  status: 401,
  body: '{"code":"accounts.signed_out"}',
  type: 'application/problem+json',
}

interface Rule {
  match: RegExp
  fault: Fault
  times: number
}

export interface Upload {
  partId: string
  sha256: string
  length: number
  bytes: Uint8Array
}

export interface Seen {
  line: string
  body: string
  headers: Headers
}

export const ACCOUNT = '01900000-0000-7000-8000-00000000aaaa'
const ME = {
  account_id: ACCOUNT,
  username: 'li.wei',
  display_name: '李伟',
  roles: ['inspector'],
  permissions: [],
  jurisdiction: { id: 'j1', name: '临江县' },
  department: { id: 'd1', name: '市场监督管理局', code: 'market_regulation' },
  inspector_id: 'i1',
  device_id: null,
}

export class FakeServer {
  readonly seen: Seen[] = []
  readonly operations = new Map<string, Signed>()
  readonly uploads = new Map<string, Upload>()
  readonly devices = new Map<string, string>()
  changes: Change[] = []
  epoch = 'e1'
  inbox: Notification[] = []
  pageSize = 100
  /** The cookie that the phone sends is one of an open session. */
  signedIn = true
  /** The server has a session of the device, whatever cookie the phone sends. */
  sessionOpen = true
  clock = Date.parse('2026-11-23T02:00:00.000Z')
  /** Bytes of a body that are too many. */
  bodyLimit = 1_000_000
  account = ACCOUNT
  /** A test's own verdict on an operation; null: as the contract has it. */
  judge: (operation: Operation) => Partial<Verdict> | null = () => null
  private rules: Rule[] = []

  /** The code enrols a second phone as well, as a fresh one would. */
  moreDevices = false

  /** The next `times` requests whose "METHOD /path" matches meet the fault. */
  fault(match: RegExp, fault: Fault, times = 1): void {
    this.rules.push({ match, fault, times })
  }

  heal(): void {
    this.rules = []
  }

  /** The browser was killed before it wrote the cookie to disk. */
  loseCookie(): void {
    this.signedIn = false
  }

  /** Expired, revoked: nothing can be resumed. */
  endSession(): void {
    this.signedIn = false
    this.sessionOpen = false
  }

  /** Operations that arrived, requests counted by "METHOD /path". */
  count(match: RegExp): number {
    return this.seen.filter(({ line }) => match.test(line)).length
  }

  readonly fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(String(input), 'https://palmcheck.invalid')
    const method = init.method ?? 'GET'
    const line = `${method} ${url.pathname}`
    const rule = this.rules.find(({ match, times }) => times > 0 && match.test(line))
    if (rule) rule.times -= 1
    if (rule?.fault.is === 'held') await until(rule.fault.until, init.signal)
    if (rule?.fault.is === 'lost_request') throw new TypeError('Failed to fetch')
    const bytes = await bodyOf(init.body)
    this.seen.push({ line, body: new TextDecoder().decode(bytes), headers: new Headers(init.headers) })
    if (rule?.fault.is === 'answer') return plain(rule.fault)
    if (rule?.fault.is === 'held' && rule.fault.answer) return plain(rule.fault.answer)
    const answer = await this.route(line, url, new Headers(init.headers), bytes)
    if (rule?.fault.is === 'lost_answer') throw new TypeError('Failed to fetch')
    return answer
  }

  private async route(line: string, url: URL, headers: Headers, bytes: Uint8Array): Promise<Response> {
    const text = new TextDecoder().decode(bytes)
    if (line === 'POST /api/accounts/devices') return this.enrol(text)
    if (line === 'POST /api/accounts/sessions') return this.signIn(text)
    if (line === 'POST /api/accounts/sessions/challenges') return json({ challenge: `at.${this.clock}` }, 201)
    if (line === 'POST /api/accounts/sessions/resumptions') return this.resume(text)
    if (!this.signedIn) return refused(401, 'accounts.signed_out', line.startsWith('HEAD'))
    if (line === 'DELETE /api/accounts/sessions/current') {
      this.endSession()
      return new Response(null, { status: 204 })
    }
    if (line === 'POST /api/accounts/me/password') {
      const { current } = JSON.parse(text) as { current: string }
      return current === 'correct horse' ? new Response(null, { status: 204 }) : refused(422, 'accounts.password_wrong')
    }
    if (line === 'GET /api/field/changes') return json(this.page(url.searchParams.get('cursor')))
    if (line === 'GET /api/inbox/newest') return json(this.newest(url.searchParams.get('known')))
    if (line === 'PUT /api/inbox/read' || line === 'PUT /api/inbox/unread') return json({ ids: this.mark(text, line.endsWith('/read')) })
    if (line === 'GET /api/field/sealing-key') return json(await serverKey())
    if (line === 'POST /api/field/vault-openings') {
      const { password, sealed } = JSON.parse(text) as { password: string; sealed: SealedBox }
      if (password !== 'correct horse') return refused(422, 'accounts.password_wrong')
      const [device = ''] = this.devices.keys()
      return json({ key: base64url(await openBox(sealed, `palmcheck/vault/v1/${ACCOUNT}/${device}`)) })
    }
    if (line === 'POST /api/field/unsent-openings') {
      const { device_id, sealed } = JSON.parse(text) as { device_id: string; sealed: SealedBox }
      return json({ key: base64url(await openBox(sealed, `palmcheck/unsent/v2/${ACCOUNT}/${device_id}`)) })
    }
    if (line === 'POST /api/field/operations') return this.push(text, bytes.length)
    if (url.pathname.startsWith('/api/evidence/uploads')) return this.upload(line, headers, bytes)
    return refused(404, 'kernel.not_found')
  }

  private enrol(text: string): Response {
    const { code, device_id } = JSON.parse(text) as { code: string; device_id: string }
    if (code !== '12345678') return refused(422, 'accounts.enrolment_code_invalid')
    const before = [...this.devices.values()].find((sent) => sent !== text)
    if (before && !this.moreDevices) return refused(422, 'accounts.enrolment_code_invalid')
    this.devices.set(device_id, text)
    return json(
      {
        device_id,
        account_id: ACCOUNT,
        username: ME.username,
        display_name: ME.display_name,
        department_name: ME.department.name,
        jurisdiction_name: '临江县',
      },
      201,
    )
  }

  private signIn(text: string): Response {
    const { username, password } = JSON.parse(text) as { username: string; password: string }
    if (password !== 'correct horse') return refused(401, 'accounts.credentials_invalid')
    if (username !== ME.username) return refused(403, 'accounts.device_not_yours')
    this.signedIn = true
    this.sessionOpen = true
    return json({ ...ME, account_id: this.account }, 201)
  }

  private async resume(text: string): Promise<Response> {
    const { signature, ...named } = JSON.parse(text) as Record<'device_id' | 'challenge' | 'signature', string>
    const enrolment = JSON.parse(this.devices.get(named.device_id) ?? '{}') as { public_key?: JsonWebKey }
    const claim = canonicalBytes({ purpose: 'palmcheck/session-resumption/v1', ...named })
    const old = this.clock - Number(named.challenge.slice('at.'.length)) > 2 * 60_000
    const open = this.sessionOpen && !old && (await verifies(enrolment.public_key, claim, signature))
    if (!open) return refused(401, 'accounts.session_over')
    this.signedIn = true
    return json(ME, 201)
  }

  private page(cursor: string | null): Changes {
    const [epoch, number] = cursor?.split('.') ?? []
    const resync = cursor !== null && epoch !== this.epoch
    const from = cursor === null || resync ? 0 : Number(number)
    const changes = this.changes.slice(from, from + this.pageSize)
    return {
      epoch: this.epoch,
      cursor: `${this.epoch}.${from + changes.length}`,
      more: from + changes.length < this.changes.length,
      resync,
      server_time: new Date(this.clock).toISOString(),
      rules: { contact_attempts: 2, party_page_days: 90, photo_long_side: 1600, photo_quality: 82, correct_by: {} },
      nonce: { value: `nonce-${this.epoch}`, issued_at: new Date(this.clock).toISOString() },
      changes,
    }
  }

  private newest(known: string | null): NewestOfInbox {
    const version = sha(new TextEncoder().encode(JSON.stringify(this.inbox)))
    const unread = this.inbox.filter((row) => row.read_at === null).length
    return { version, unread, items: version === known ? null : this.inbox }
  }

  private mark(text: string, read: boolean): string[] {
    const { ids } = JSON.parse(text) as { ids: string[] }
    this.inbox = this.inbox.map((row) => (ids.includes(row.id) ? { ...row, read_at: read ? new Date(this.clock).toISOString() : null } : row))
    return ids
  }

  private push(text: string, size: number): Response {
    if (size > this.bodyLimit) return plain({ status: 413, body: '<h1>413</h1>', type: 'text/html' })
    const { operations } = JSON.parse(text) as { operations: Signed[] }
    return json({ verdicts: operations.map((signed) => this.verdict(signed)) })
  }

  private verdict(signed: Signed): Verdict {
    const { operation } = signed
    const rest = { operation_id: operation.id, server_time: new Date(this.clock).toISOString() }
    const own = this.judge(operation)
    if (own) {
      if (own.verdict?.startsWith('accepted')) this.operations.set(operation.id, signed)
      return { verdict: 'accepted', ...rest, ...own }
    }
    const before = this.operations.get(operation.id)
    if (before) {
      if (JSON.stringify(before) === JSON.stringify(signed)) return { ...rest, verdict: 'already_accepted' }
      return { ...rest, verdict: 'rejected', problem: { code: 'id_reuse' } }
    }
    const missing = operation.depends_on.find((id) => !this.operations.has(id))
    if (missing) return { ...rest, verdict: 'blocked_by', blocked_by: missing }
    this.operations.set(operation.id, signed)
    return { ...rest, verdict: 'accepted' }
  }

  private upload(line: string, headers: Headers, bytes: Uint8Array): Response {
    const [method, path = ''] = line.split(' ')
    if (method === 'POST') return this.create(headers)
    const id = path.split('/').at(-1) ?? ''
    const upload = this.uploads.get(id)
    if (!upload) return refused(404, 'evidence.upload_unknown', method === 'HEAD')
    if (method === 'HEAD') return offset(200, upload)
    if (Number(headers.get('upload-offset')) !== upload.bytes.length) return refused(409, 'evidence.offset_mismatch')
    const sum = createHash('sha256').update(bytes).digest('base64')
    if (headers.get('upload-checksum') !== `sha256 ${sum}`) return refused(460, 'evidence.checksum_mismatch')
    upload.bytes = new Uint8Array([...upload.bytes, ...bytes])
    if (upload.bytes.length === upload.length && sha(upload.bytes) !== upload.sha256) {
      this.uploads.delete(id)
      return refused(460, 'evidence.checksum_mismatch')
    }
    return offset(204, upload)
  }

  private create(headers: Headers): Response {
    const fields = (headers.get('upload-metadata') ?? '').split(',').map((pair) => pair.split(' '))
    const read = (name: string): string =>
      Buffer.from(fields.find(([key]) => key === name)?.[1] ?? '', 'base64').toString()
    const id = read('id')
    const fresh = {
      partId: read('part_id'),
      sha256: read('sha256'),
      length: Number(headers.get('upload-length')),
      bytes: new Uint8Array(),
    }
    const upload = this.uploads.get(id) ?? fresh
    this.uploads.set(id, upload)
    return offset(201, upload, { location: `/api/evidence/uploads/${id}` })
  }
}

async function verifies(publicKey: JsonWebKey | undefined, claim: BufferSource, signature: string): Promise<boolean> {
  if (!publicKey) return false
  const key = await crypto.subtle.importKey('jwk', publicKey, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(signature, 'base64url'), claim)
}

function sha(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function json(body: unknown, status = 200): Response {
  return plain({ status, body: JSON.stringify(body), type: 'application/json' })
}

function refused(status: number, code: string, withoutBody = false): Response {
  const problem: Problem = { code, status }
  return plain({ status, body: withoutBody ? '' : JSON.stringify(problem), type: 'application/problem+json' })
}

function plain({ status, body = '', type = 'text/html' }: Plain): Response {
  return new Response(body, { status, headers: { 'content-type': type } })
}

function offset(status: number, { bytes }: Upload, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...headers, 'upload-offset': String(bytes.length) } })
}

async function bodyOf(body: BodyInit | null | undefined): Promise<Uint8Array> {
  return new Uint8Array(await new Response(body ?? null).arrayBuffer())
}

function until(promise: Promise<void>, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    promise.then(resolve, reject)
    signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
  })
}
