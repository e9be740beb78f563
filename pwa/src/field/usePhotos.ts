import { onScopeDispose, ref, shallowReactive, shallowRef, watch, type ShallowRef } from 'vue'
import { useRoute } from 'vue-router'
import type { Draft, PhotoMeta, Problem } from '@/offline'
import { PhotoRefused, takeIn } from './photoIntake'
import { cameraOpens, cameraReturned } from './resume'
import { hasRoom } from './room'
import { formOf } from './shrink'
import { problemOf, saved } from './useDraft'
import { theEngine } from './useEngine'

/** A part's photos: thumbnails, taking and deleting. `reload` reads the draft again after each change. */
export function usePhotos(partId: string, draft: Readonly<ShallowRef<Draft | undefined>>, reload: () => Promise<void>) {
  const engine = theEngine()
  const route = useRoute()
  const urls = shallowReactive(new Map<string, string>())
  /** The question whose photo is being worked on; null for one of the whole visit, undefined for none. */
  const busy = ref<string | null>()
  const problem = shallowRef<Problem | null>(null)
  onScopeDispose(() => urls.forEach((url) => URL.revokeObjectURL(url)))

  async function show(photo: PhotoMeta): Promise<void> {
    if (urls.has(photo.id)) return
    try {
      urls.set(photo.id, URL.createObjectURL(new Blob([await engine.photoBytes(photo.id)], { type: photo.media_type })))
    } catch (fault) {
      problem.value = problemOf(fault)
    }
  }
  watch(() => draft.value?.photos, (photos) => { photos?.forEach((photo) => void show(photo)) }, { immediate: true })

  const form = () => formOf(engine.view().rules)

  /**
   * Before the camera: the way back and all that was typed are kept, for the system may end this page.
   * A full phone is told now, not after the picture.
   */
  function opening(event: Event): void {
    if (!hasRoom(engine.view().storage)) {
      event.preventDefault()
      problem.value = { code: 'offline.storage_full' }
      return
    }
    void cameraOpens(route.fullPath).catch(() => undefined) // without it the address bar's own memory has to do
    void saved()
  }

  /** Keeps a new photo, and only then lets go of the one that it replaces. Answers its id, null when it could not be kept. */
  async function taken(file: File, questionKey: string | null, insteadOf: string | null): Promise<string | null> {
    void cameraReturned().catch(() => undefined)
    busy.value = questionKey
    problem.value = null
    try {
      const capturedAt = new Date().toISOString()
      const kept = await engine.addPhoto(partId, { ...await takeIn(file, form()), questionKey, capturedAt })
      if (insteadOf) await engine.removePhoto(partId, insteadOf)
      await reload()
      return kept.id
    } catch (fault) {
      problem.value = fault instanceof PhotoRefused ? { code: `photo.${fault.why}` } : problemOf(fault)
      return null
    } finally {
      busy.value = undefined
    }
  }

  /** Keeps a copy with marks beside its photo, of the same moment. Answers its id, null when it could not be kept. */
  async function copied(source: PhotoMeta, bytes: ArrayBuffer): Promise<string | null> {
    problem.value = null
    try {
      const { question_key: questionKey, captured_at: capturedAt, original_sha256: originalSha256, width, height } = source
      const kept = await engine.addPhoto(partId, { bytes, originalSha256, width, height, questionKey, capturedAt, annotates: source.id })
      await reload()
      return kept.id
    } catch (fault) {
      problem.value = problemOf(fault)
      return null
    }
  }

  async function remove(photoId: string): Promise<void> {
    try {
      await engine.removePhoto(partId, photoId)
      await reload()
    } catch (fault) {
      problem.value = problemOf(fault)
    }
  }

  return { urls, busy, problem, form, opening, taken, copied, remove }
}
