import { afterEach, expect, it } from 'vitest'
import { fill, photo, readyPhone, type Phone } from './harness'
import { PART, inspectionChange, part, task } from './world'

let phone: Phone
afterEach(() => phone.end())

it('a phone that was replaced says so, sends what it has and takes nothing more', async () => {
  const ready = await readyPhone()
  phone = ready.phone
  const { engine } = ready
  const body = '{"code":"field.device_draining","rule":"R17","status":403}'
  phone.server.fault(/GET .*changes/, { is: 'answer', status: 403, body, type: 'application/problem+json' }, 99)
  phone.server.changes.push(inspectionChange(9, task('inspection-2', [part('part-2')])))
  await fill(engine, PART)
  await engine.addPhoto(PART, photo())
  await engine.submit(PART)
  await engine.sync()
  expect(engine.view()).toMatchObject({ phase: 'ready', unsent: 0, lastProblem: { code: 'field.device_draining' } })
  expect(engine.view().tasks).toHaveLength(1)
})
