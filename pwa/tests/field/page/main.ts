// The field screens over the fake engine, to be looked at; built by hand with the config beside, never shipped.
import { createApp } from 'vue'
import '@/ui/tokens.css'
import '@/ui/base.css'
import App from '@/field/App.vue'
import { fieldRouter } from '@/field/router'
import { ENGINE } from '@/field/useEngine'
import { language } from '@/messages/t'
import type { Draft } from '@/offline'
import { fakeEngine, outboxRow, viewOf } from '../fakeEngine'
import { part, task } from '../sample'

const inked = [[80, 220, 160, 120, 240, 300, 330, 140, 420, 260, 520, 180, 620, 250, 760, 160, 900, 220]]
const filled: Partial<Draft> = {
  checkInOperationId: 'op-in', enteredAt: '2026-11-23T01:30:00.000Z',
  checkIn: { entered_at: '2026-11-23T01:30:00.000Z', position: { latitude: 31.5602, longitude: 107.0936, accuracy_m: 18 }, no_position_because: null, distance_note: null },
  answers: {
    permit_valid: { value: 'yes' }, permit_expiry: { value: '2028-06-30' }, manager_assigned: { value: 'yes' }, health_certs: { value: 'no' }, no_cert_count: { value: 2 },
    premises_clean: { value: 'yes' }, pest_control: { value: 'yes' }, chill_temp: { value: 4.5 }, tableware_mode: { value: 'own' },
  },
}
const signed: Partial<Draft> = {
  ...filled, rightsReadAt: '2026-11-23T02:00:00.000Z', party: { kind: 'signed', name: '王建国', strokes: inked, signed_at: '2026-11-23T02:01:00.000Z' },
  officerSignatures: ['inspector-1', 'inspector-2'].map((inspector_id) => ({ inspector_id, strokes: inked, signed_at: '2026-11-23T02:00:00.000Z' })),
}
const tasks = viewOf().tasks
const rejected = outboxRow('part-1', { at: 'rejected', problem: { code: 'inspections.certificate_expired', detail: '李文静的执法证件已于 2026年11月1日 到期（R2），请更换搭档后重新提交。' } })

const scenes: Record<string, () => ReturnType<typeof fakeEngine>> = {
  usual: () => fakeEngine(),
  new: () => fakeEngine({ phase: 'not_enrolled', me: null, tasks: [], device: null }),
  empty: () => fakeEngine({ tasks: [] }),
  offline: () => fakeEngine({ online: false, unsent: 3, outbox: [outboxRow('part-2', { at: 'queued' })] }),
  filled: () => fakeEngine({}, { 'part-1': filled }),
  signed: () => fakeEngine({}, { 'part-1': signed }),
  done: () => fakeEngine({ tasks: [...tasks, task('4', '清溪镇卫生院食堂', '2026-11-28', { parts: [part('part-4', { state: 'published', record_url: '/records/4' })] })], unsent: 4, outbox: [
    rejected, outboxRow('part-2', { at: 'waiting', until: 0, tries: 2 }), outboxRow('part-3', { at: 'accepted' }, { photos: { total: 3, sent: 1 } }), outboxRow('part-4', { at: 'accepted' }, { photos: { total: 2, sent: 2 } })] },
  { 'part-1': filled, 'part-4': { ...signed, state: 'submitted' } }),
}

const engine = (scenes[sessionStorage.getItem('scene') ?? 'usual'] ?? fakeEngine)()
document.documentElement.lang = language.value
createApp(App).use(fieldRouter(engine)).provide(ENGINE, engine).mount('#app')
