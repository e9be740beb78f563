/** Requests to our server. What is not understood counts as no connection. */
import { NetworkError, ProblemError } from './problems'
import type { EngineOptions, Surroundings } from './types'
import type { Problem } from './wire'

/** Long enough for 900 KB on a weak 2G line. */
const PATIENCE_MS = 60_000

export interface Answer {
  readonly status: number
  header(name: string): string | null
  /** The refusal, if the answer is a problem that we understand. */
  readonly problem: Problem | null
  /** The body as JSON; throws NetworkError when it is none. */
  json(): unknown
}

export interface Request {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: BodyInit
}

export class Http {
  private readonly ending = new AbortController()

  constructor(
    private readonly options: Pick<EngineOptions, 'baseUrl' | 'fetch'>,
    private readonly after: Surroundings['after'],
  ) {}

  /** Any answer, of whatever status. Throws NetworkError when there is none in time. */
  async send(request: Request): Promise<Answer> {
    const aborting = new AbortController()
    const abort = (): void => aborting.abort()
    let timedOut = false
    const stopTimer = this.after(PATIENCE_MS, () => {
      timedOut = true
      abort()
    })
    this.ending.signal.addEventListener('abort', abort)
    try {
      const response = await (this.options.fetch ?? fetch)(`${this.options.baseUrl ?? ''}${request.path}`, {
        method: request.method,
        headers: { accept: 'application/json, application/problem+json', ...request.headers },
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error', // we never redirect: it is a portal of somebody's network
        signal: aborting.signal,
        ...(request.body === undefined ? {} : { body: request.body }),
      })
      return understood(response, await response.text())
    } catch (error) {
      throw new NetworkError('no answer', { cause: error, timedOut })
    } finally {
      stopTimer()
      this.ending.signal.removeEventListener('abort', abort)
    }
  }

  /** A JSON answer of a 2xx status. Throws ProblemError on a refusal, else NetworkError. */
  async json(method: string, path: string, body?: string): Promise<unknown> {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    return jsonIn(await this.send({ method, path, headers, ...(body === undefined ? {} : { body }) }))
  }

  /** Ends what is under way. */
  close(): void {
    this.ending.abort()
  }
}

const SIGNED_OUT = 'accounts.signed_out'

/** The body of a 2xx answer. Throws ProblemError on a refusal, else NetworkError. */
export function jsonIn(answer: Answer): unknown {
  if (answer.status < 200 || answer.status > 299) throw refusal(answer)
  return answer.json()
}

/** What an answer that is no success means. */
export function refusal(answer: Answer): ProblemError | NetworkError {
  if (answer.problem) return new ProblemError(answer.problem)
  return new NetworkError(`status ${answer.status}`)
}

/** What the answer to a HEAD means: it has no body, so a lost session shows in the status alone. */
export function refusalOfHead(answer: Answer): ProblemError | NetworkError {
  return answer.status === 401 ? new ProblemError({ code: SIGNED_OUT, status: 401 }) : refusal(answer)
}

/** The server knows no session with this request. */
export function saysSignedOut({ method }: Request, answer: Answer): boolean {
  return isSignedOut(method === 'HEAD' ? refusalOfHead(answer) : refusal(answer))
}

/** The session is over; nothing else is wrong. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.code === SIGNED_OUT
}

/** Not a judgement on what was sent: try again later. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return true
  const status = error.problem.status ?? 500
  return status >= 500 || status === 408 || status === 429
}

function understood(response: Response, text: string): Answer {
  const type = response.headers.get('content-type') ?? ''
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    problem: type.startsWith('application/problem+json') ? problemIn(text, response.status) : null,
    json() {
      if (!type.startsWith('application/json')) throw new NetworkError(`not JSON but ${type}`)
      return parsed(text)
    },
  }
}

function problemIn(text: string, status: number): Problem | null {
  try {
    const problem = JSON.parse(text) as Partial<Problem> | null
    return typeof problem?.code === 'string' ? { ...problem, code: problem.code, status } : null
  } catch {
    return null
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new NetworkError('broken JSON', { cause: error })
  }
}
