import type { EngineView } from '@/offline'

/** What one more photo and its draft may need, with a margin: bytes. */
const ONE_PHOTO = 4 * 1024 * 1024

/** Whether the phone can keep another photo. A browser that does not tell is trusted: saving itself says when it fails. */
export function hasRoom({ usageBytes, quotaBytes }: EngineView['storage']): boolean {
  return usageBytes === null || quotaBytes === null || quotaBytes - usageBytes > ONE_PHOTO
}
