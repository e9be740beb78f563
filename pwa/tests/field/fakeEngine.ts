import { ProblemError, type Draft, type Engine, type EngineView, type OutboxRow, type PhotoMeta } from '@/offline'
import { withChange } from '@/field/useDraft'
import { checklist, me, task } from './sample'

export const TODAY = '2026-11-23'

export function viewOf(more: Partial<EngineView> = {}): EngineView {
  return {
    phase: 'ready', me, device: { id: 'device-1', name: '执法手机 3 号', signed: true }, online: true, syncing: false,
    lastPulledAt: '2026-11-23T01:12:00.000Z', rules: { contact_attempts: 2, party_page_days: 90, photo_long_side: 1600, photo_quality: 82, correct_by: { [TODAY]: '2026-12-07' } }, lastProblem: null,
    tasks: [task('1', '临江县江畔人家餐饮有限公司', '2026-11-20'), task('2', '临江县老码头火锅店', '2026-11-23'), task('3', '清溪镇桂花园农家乐', '2026-11-30')],
    checklists: new Map([[checklist.id, checklist]]), drafts: [], outbox: [], unsent: 0, inbox: { items: [], unread: 0 },
    storage: { persisted: true, usageBytes: 6_400_000, quotaBytes: 2_400_000_000 }, lock: { state: 'none', sealed: true, fileSealed: true, afterMinutes: 5, waitUntil: 0, wayBack: true }, ownsQueue: true, ...more,
  }
}

export function outboxRow(partId: string, state: OutboxRow['state'], more: Partial<OutboxRow> = {}): OutboxRow {
  return { operationId: `op-${partId}-${state.at}`, kind: 'part.submit', partId, state, capturedAt: '2026-11-23T02:03:04.005Z', supersededBy: null, photos: { total: 2, sent: 0 }, photoProblems: [], ...more }
}

function emptyDraft(partId: string): Draft {
  return {
    partId, inspectionId: partId.replace('part-', ''), checklist, partState: null, photos: [], state: 'open', checkInOperationId: null, submitOperationId: null, revision: 0,
    savedAt: '2026-11-23T02:00:00.000Z', answers: {}, officerSignatures: [], party: null, statement: null, rightsReadAt: null, enteredAt: null, leftAt: null, resultCode: null, checkIn: null,
    countersigners: [], certificatesShown: [], outcome: null, problems: [], expertFindings: [], recusal: null, page: null,
  }
}

/** An engine in memory: keeps drafts, queues submissions, sends nothing. For screens and their tests only. */
export function fakeEngine(start: Partial<EngineView> = {}, drafts: Record<string, Partial<Draft>> = {}): Engine {
  let view = viewOf(start)
  const listeners = new Set<(view: EngineView) => void>()
  const kept = new Map(Object.entries(drafts).map(([partId, draft]) => [partId, { ...emptyDraft(partId), ...draft }]))
  const bytes = new Map<string, ArrayBuffer>()

  function show(change: Partial<EngineView>): void {
    const summaries = [...kept.values()].map((draft) => ({
      partId: draft.partId, inspectionId: draft.inspectionId, state: draft.state, answered: Object.keys(draft.answers).length,
      photos: draft.photos.length, checkedIn: draft.checkInOperationId !== null, stopped: draft.recusal?.goes_on === false, outcome: draft.outcome?.kind ?? null, savedAt: draft.savedAt,
    }))
    view = { ...view, ...change, drafts: summaries }
    listeners.forEach((listener) => listener(view))
  }
  function put(draft: Draft): void {
    kept.set(draft.partId, draft)
    show({})
  }
  function open(partId: string): Draft {
    const draft = kept.get(partId) ?? emptyDraft(partId)
    if (!view.tasks.some((each) => each.parts.some((part) => part.id === partId))) throw new ProblemError({ code: 'offline.part_unknown' })
    kept.set(partId, draft)
    return draft
  }
  show({})

  return {
    view: () => view,
    subscribe: (listener) => { listeners.add(listener); return () => listeners.delete(listener) },
    enrol: ({ code }) => {
      if (code === 'WRONG') return Promise.reject(new ProblemError({ code: 'accounts.enrolment_code_invalid', detail: '绑定码无效或已使用。' }))
      show({ phase: 'signed_out' })
      return Promise.resolve({ device_id: 'device-1', account_id: 'account-1', username: me.username, display_name: me.display_name, department_name: '市场监督管理局', jurisdiction_name: '临江县' })
    },
    signIn: () => { show({ phase: 'ready', me }); return Promise.resolve() },
    changePassword: () => { show({ me: view.me && { ...view.me, must_change_password: false } }); return Promise.resolve() },
    signOut: () => { show({ phase: 'signed_out' }); return Promise.resolve() },
    sync: () => Promise.resolve(),
    retryNow: () => show({ syncing: !view.syncing }),
    openDraft: (partId) => new Promise((resolve) => { resolve(open(partId)) }),
    saveDraft: (partId, change) => { put(withChange(open(partId), change)); return Promise.resolve() },
    addPhoto: (partId, photo) => {
      const meta: PhotoMeta = { id: crypto.randomUUID(), question_key: photo.questionKey, sha256: '0'.repeat(64), original_sha256: photo.originalSha256, media_type: 'image/jpeg', bytes: photo.bytes.byteLength, width: photo.width, height: photo.height, captured_at: photo.capturedAt, ...(photo.annotates && { annotates: photo.annotates }) }
      bytes.set(meta.id, photo.bytes)
      const draft = open(partId)
      put({ ...draft, photos: [...draft.photos, meta] })
      return Promise.resolve(meta)
    },
    removePhoto: (partId, photoId) => { const draft = open(partId); put({ ...draft, photos: draft.photos.filter((photo) => photo.id !== photoId && photo.annotates !== photoId) }); return Promise.resolve() },
    photoBytes: (photoId) => { const found = bytes.get(photoId); return found ? Promise.resolve(found) : Promise.reject(new ProblemError({ code: 'offline.photo_missing' })) },
    submit: (partId) => {
      put({ ...open(partId), state: 'submitted', submitOperationId: 'op' })
      show({ unsent: view.unsent + 1, outbox: [...view.outbox, outboxRow(partId, { at: 'queued' })] })
      return Promise.resolve()
    },
    checkIn: (partId, checkIn) => { put({ ...open(partId), checkIn, checkInOperationId: 'op-in', enteredAt: checkIn.entered_at }); return Promise.resolve() },
    askRecusal: (partId, recusal) => { put({ ...open(partId), recusal }); return Promise.resolve() },
    countersign: (partId) => { show({ unsent: view.unsent + 1, outbox: [...view.outbox, outboxRow(partId, { at: 'queued' }, { kind: 'part.countersign', photos: { total: 0, sent: 0 } })] }); return Promise.resolve() },
    submissionHash: () => Promise.resolve('3fa977c1'.repeat(8)),
    markInbox: (ids, read) => {
      const items = view.inbox.items.map((item) => (ids.includes(item.id) ? { ...item, unread: !read } : item))
      show({ inbox: { items, unread: items.filter((item) => item.unread).length } })
      return Promise.resolve()
    },
    correct: (operationId) => {
      const row = view.outbox.find((each) => each.operationId === operationId)
      if (!row) return Promise.reject(new ProblemError({ code: 'offline.not_correctable' }))
      put({ ...open(row.partId), state: 'open' })
      return Promise.resolve(row.partId)
    },
    setPin: () => { show({ lock: { ...view.lock, state: 'open' } }); return Promise.resolve() },
    removePin: () => { show({ lock: { ...view.lock, state: 'none' } }); return Promise.resolve() },
    unlock: (pin) => { if (pin !== '246810') return Promise.reject(new ProblemError({ code: 'offline.pin_wrong', field: 'pin' })); show({ lock: { ...view.lock, state: 'open' } }); return Promise.resolve() },
    lock: () => show({ lock: { ...view.lock, state: 'locked' } }),
    lockAfter: (afterMinutes) => { show({ lock: { ...view.lock, afterMinutes } }); return Promise.resolve() },
    recoverPin: () => { show({ lock: { ...view.lock, state: 'none' } }); return Promise.resolve() },
    exportUnsent: () => Promise.resolve(new Blob(['{}'])),
    importUnsent: () => Promise.resolve({ operations: 2, drafts: 1, photos: 3 }),
    close: () => listeners.clear(),
  }
}
