import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Api } from '@/api'
import { ProblemError } from '@/api/problem'
import type { Me } from '@/api/types'

export type Permission = 'self.manage' | 'account.read' | 'account.administer' | 'device.read' | 'device.administer' | 'token.administer' | 'plan.read' | 'draw.read' | 'draw.run' | 'inspection.read' | 'inspection.enter' | 'inspection.decide' | 'inspection.organise' | 'message.send' | 'publication.read' | 'publication.handle' | 'publication.confirm' | 'followup.dispose' | 'followup.verify' | 'figures.read' | 'target.read' | 'target.edit' | 'target.import' | 'setting.read' | 'setting.change' | 'calendar.change' | 'department.change' | 'jurisdiction.read' | 'inspector.read' | 'inspector.edit' | 'inspector.review' | 'catalogue.read' | 'catalogue.edit' | 'checklist.edit'

export interface Desk {
  readonly api: Api
  readonly me: ShallowRef<Me | null>
  may(permission: Permission): boolean
  /** Who is signed in, asked once; null when nobody is. Rejects when the server cannot be reached. */
  known(): Promise<Me | null>
  signIn(username: string, password: string): Promise<void>
  signOut(): Promise<void>
}

export const DESK: InjectionKey<Desk> = Symbol('desk')

/** The desk of this page: the API and who sits here. */
export function theDesk(): Desk {
  const desk = inject(DESK)
  if (!desk) throw new Error('no desk is provided')
  return desk
}

/** `me` is given from outside, so that the client can empty it when the session ends. */
export function createDesk(api: Api, me: ShallowRef<Me | null> = shallowRef(null)): Desk {
  let asked = false
  return {
    api,
    me,
    may: (permission) => me.value?.permissions.includes(permission) ?? false,
    async known() {
      if (!asked) {
        me.value = await api.readMe().catch((fault: unknown) => {
          if (fault instanceof ProblemError && fault.problem.code === 'accounts.signed_out') return null
          throw fault
        })
        asked = true
      }
      return me.value
    },
    async signIn(username, password) {
      me.value = await api.signIn(username, password)
      asked = true
    },
    async signOut() {
      await api.signOut()
      me.value = null
    },
  }
}
