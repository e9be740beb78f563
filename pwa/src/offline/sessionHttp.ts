/**
 * Requests that need the phone's session. A browser killed soon after sign-in may have lost the
 * cookie, because it writes cookies late: then the device's key takes the session up again and the
 * request goes once more. Who signed out on this phone stays signed out.
 */
import type { Core } from './core'
import { isPassing, jsonIn, saysSignedOut, type Answer, type Request } from './http'
import { resume } from './resumption'

export class SessionHttp {
  /** How often the session was taken up; tells an answer of before from one of after. */
  private resumed = 0
  private resuming: Promise<boolean> | null = null

  constructor(private readonly core: () => Core) {}

  /** Any answer; that of the second try, if there was one. Throws NetworkError, or the ProblemError of a busy server. */
  async send(request: Request): Promise<Answer> {
    const { http } = this.core()
    const before = this.resumed
    const answer = await http.send(request)
    if (!saysSignedOut(request, answer)) return answer
    // An answer to the lost cookie may come after another request's resumption: nothing is to be resumed then.
    if (this.resumed === before && !(await this.resume())) return answer
    return http.send(request)
  }

  /** A JSON answer of a 2xx status. Throws ProblemError on a refusal, else NetworkError. */
  async json(method: string, path: string, body?: string): Promise<unknown> {
    return jsonIn(await this.send({ method, path, ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }) }))
  }

  /** One resumption for all who ask while it is under way. False: the session is over. */
  private resume(): Promise<boolean> {
    this.resuming ??= this.tryToResume().finally(() => {
      this.resuming = null
    })
    return this.resuming
  }

  private async tryToResume(): Promise<boolean> {
    try {
      const done = await resume(this.core())
      if (done) this.resumed += 1
      return done
    } catch (error) {
      if (isPassing(error)) throw error
      return false
    }
  }
}
