import { NetworkError, ProblemError, type Problem } from './problem'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type Query = Readonly<Record<string, string | null | undefined>>

export interface ClientOptions {
  fetch: typeof fetch
  /** The language the server is asked to explain refusals in. */
  language: () => string
  /** The session is over; told before the error is thrown. */
  onSignedOut?: () => void
  /** Milliseconds until a request without an answer counts as no connection. */
  patience?: number
}

/** `version`: what a change was made from (If-Match). `file`: a body as it is, instead of JSON. */
export interface More { query?: Query; body?: unknown; version?: number; file?: Blob; headers?: Readonly<Record<string, string>> }
export type Call = <T>(method: Method, path: string, more?: More) => Promise<T>

const SIGNED_OUT = 'accounts.signed_out'
const PATIENCE = 30_000

/** The address with those query values that are there. */
export function addressOf(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`
}

async function readAs<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T
  try {
    return await answer.json() as T
  } catch {
    throw new NetworkError(`answer ${answer.status} is not JSON`)
  }
}

/**
 * JSON over fetch with the session's cookie.
 * Throws ProblemError for a refusal, NetworkError when there is no answer or one that is not ours.
 */
export function createClient({ fetch, language, onSignedOut, patience = PATIENCE }: ClientOptions): Call {
  return async <T>(method: Method, path: string, { query, body, version, file, headers: more = {} }: More = {}): Promise<T> => {
    const headers: Record<string, string> = { accept: 'application/json, application/problem+json', 'accept-language': language(), ...more }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (file) headers['content-type'] = 'application/octet-stream'
    if (version !== undefined) headers['if-match'] = `"${version}"`
    const sent = { method, headers, credentials: 'same-origin', signal: AbortSignal.timeout(patience), ...(file ? { body: file } : body === undefined ? {} : { body: JSON.stringify(body) }) } as const
    const answer = await fetch(addressOf(path, query), sent).catch((fault: unknown) => { throw new NetworkError(String(fault)) })
    if (answer.ok) return readAs<T>(answer)
    const problem = await readAs<Problem>(answer)
    if (typeof problem.code !== 'string') throw new NetworkError(`answer ${answer.status} is no problem document`)
    if (problem.code === SIGNED_OUT) onSignedOut?.()
    throw new ProblemError(problem)
  }
}
