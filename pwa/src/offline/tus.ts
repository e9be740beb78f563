/** tus 1.0 for exactly our server: create, ask where it stands, send the rest in checked chunks. */
import { base64, sha256, utf8 } from './bytes'
import type { Core } from './core'
import { refusal, refusalOfHead, type Answer } from './http'
import { NetworkError } from './problems'

const UPLOADS = '/api/evidence/uploads'
const VERSION = { 'tus-resumable': '1.0.0' }
const CHUNK_BYTES = 256 * 1024
/** How often one run may lose its place (upload gone, checksum wrong) before it waits. */
const MOST_STUMBLES = 3

export interface Sendable {
  readonly id: string
  readonly partId: string
  readonly sha256: string
  readonly mediaType: string
  readonly bytes: ArrayBuffer
}

/**
 * Resolves only when the server has said that it has the whole length.
 * `begun`: the server may know of it, so ask first. Throws ProblemError or NetworkError.
 */
export async function sendPhoto(core: Pick<Core, 'inSession' | 'crypto'>, photo: Sendable, begun: boolean): Promise<void> {
  const length = photo.bytes.byteLength
  let offset = begun ? await standsAt(core, photo) : null
  for (let stumbles = 0; stumbles <= MOST_STUMBLES; ) {
    offset ??= await create(core, photo)
    if (offset === length) return
    const after = await sendChunk(core, photo, offset)
    if (after !== null && after > offset && after <= length) {
      offset = after
    } else {
      stumbles += 1
      offset = await standsAt(core, photo)
    }
  }
  throw new NetworkError('the upload does not get on')
}

/** How much is there after the creation; a repeat of the same upload is no error. */
async function create({ inSession }: Pick<Core, 'inSession'>, photo: Sendable): Promise<number> {
  const answer = await inSession.send({
    method: 'POST',
    path: UPLOADS,
    headers: { ...VERSION, 'upload-length': String(photo.bytes.byteLength), 'upload-metadata': metadataOf(photo) },
  })
  if (isNotNow(answer)) throw new NetworkError('the upload is not ready')
  if (answer.status !== 201) throw refusal(answer)
  return offsetIn(answer) ?? 0
}

/** Its twin is being written, or what was there is being thrown away: no judgement on the photo. */
function isNotNow({ status, problem }: Answer): boolean {
  return status === 410 || status === 460 || problem?.code === 'evidence.upload_busy'
}

/** The server's offset; null: it knows no such upload. */
async function standsAt({ inSession }: Pick<Core, 'inSession'>, photo: Sendable): Promise<number | null> {
  const answer = await inSession.send({ method: 'HEAD', path: `${UPLOADS}/${photo.id}`, headers: VERSION })
  if (answer.status === 404 || answer.status === 410) return null
  const offset = offsetIn(answer)
  if (answer.status === 200 && offset !== null) return offset
  throw refusalOfHead(answer)
}

/** The offset after the chunk; null: ask where it stands (gone, moved, damaged on the way). */
async function sendChunk(
  { inSession, crypto }: Pick<Core, 'inSession' | 'crypto'>,
  photo: Sendable,
  offset: number,
): Promise<number | null> {
  const chunk = photo.bytes.slice(offset, offset + CHUNK_BYTES)
  const answer = await inSession.send({
    method: 'PATCH',
    path: `${UPLOADS}/${photo.id}`,
    headers: {
      ...VERSION,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(offset),
      'upload-checksum': `sha256 ${base64(await sha256(crypto, chunk))}`,
    },
    body: chunk,
  })
  if (answer.status === 204) return offsetIn(answer)
  if ([404, 409, 410, 460].includes(answer.status)) return null
  throw refusal(answer)
}

function metadataOf({ id, partId, sha256: digest, mediaType }: Sendable): string {
  const fields = { id, part_id: partId, sha256: digest, filetype: mediaType, filename: `${id}.jpg` }
  return Object.entries(fields)
    .map(([name, value]) => `${name} ${base64(utf8(value))}`)
    .join(',')
}

function offsetIn(answer: Answer): number | null {
  const text = answer.header('upload-offset')
  return text !== null && /^\d+$/.test(text) ? Number(text) : null
}
