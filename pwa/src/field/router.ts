import { createRouter, createWebHistory, type Router, type RouterHistory, type RouteRecordRaw } from 'vue-router'
import type { Engine, EngineView } from '@/offline'
import Today from './screens/Today.vue'
import { saved } from './useDraft'
import { started } from './useEngine'

declare module 'vue-router' {
  interface RouteMeta { tabs?: boolean; open?: boolean }
}

/** `tabs`: the bottom bar is there; `open`: may be seen without an account on this phone. */
const routes: RouteRecordRaw[] = [
  { path: '/', name: 'today', component: Today, meta: { tabs: true } },
  { path: '/enrol', name: 'enrol', component: () => import('./screens/Enrol.vue'), meta: { open: true } },
  { path: '/sign-in', name: 'sign-in', component: () => import('./screens/SignIn.vue'), meta: { open: true } },
  { path: '/password', name: 'password', component: () => import('./screens/Password.vue'), meta: { open: true } },
  { path: '/tasks/:inspectionId', name: 'task', component: () => import('./screens/Task.vue'), props: true },
  { path: '/tasks/:inspectionId/show', name: 'show-code', component: () => import('./screens/ShowCode.vue'), props: true },
  { path: '/parts/:partId/check-in', name: 'check-in', component: () => import('./screens/CheckIn.vue'), props: true },
  { path: '/parts/:partId/not-inspected/:kind(closed|not_found|refused|unreachable)', name: 'not-inspected', component: () => import('./screens/NotInspected.vue'), props: true },
  { path: '/parts/:partId/problems', name: 'problems', component: () => import('./screens/Problems.vue'), props: true },
  { path: '/parts/:partId/recusal', name: 'recusal', component: () => import('./screens/Recusal.vue'), props: true },
  { path: '/parts/:partId/countersign', name: 'countersign', component: () => import('./screens/Countersign.vue'), props: true },
  { path: '/parts/:partId/checklist/:section?', name: 'checklist', component: () => import('./screens/Checklist.vue'), props: true },
  { path: '/parts/:partId/signatures', name: 'signatures', component: () => import('./screens/Signatures.vue'), props: true },
  { path: '/parts/:partId/review', name: 'review', component: () => import('./screens/Review.vue'), props: true },
  { path: '/parts/:partId/result', name: 'result', component: () => import('./screens/Result.vue'), props: true },
  { path: '/outbox', name: 'outbox', component: () => import('./screens/Outbox.vue'), meta: { tabs: true } },
  { path: '/inbox', name: 'inbox', component: () => import('./screens/Inbox.vue'), meta: { tabs: true } },
  { path: '/me', name: 'me', component: () => import('./screens/Me.vue'), meta: { tabs: true } },
  { path: '/:rest(.*)*', redirect: { name: 'today' } },
]

/** Work that is kept here stays open without a session; an empty phone has nothing to show but the door. */
export function doorFor(view: Pick<EngineView, 'phase' | 'tasks' | 'drafts' | 'outbox'> & Partial<Pick<EngineView, 'me'>>): 'enrol' | 'sign-in' | 'password' | null {
  if (view.phase === 'not_enrolled') return 'enrol'
  const empty = view.tasks.length === 0 && view.drafts.length === 0 && view.outbox.length === 0
  if (!empty) return null
  if (view.phase === 'signed_out') return 'sign-in'
  return view.me?.must_change_password ? 'password' : null
}

/** The screens under /app/. Every address can be opened directly and survives a reload. */
export function fieldRouter(engine: Engine, history: RouterHistory = createWebHistory('/app/')): Router {
  const router = createRouter({
    history,
    routes,
    scrollBehavior: (to, _from, position) => position ?? (to.hash ? { el: to.hash, top: 140 } : { top: 0 }),
  })
  router.beforeEach(async (to) => {
    const [view] = await Promise.all([started(engine), saved()])
    const door = doorFor(view)
    if (to.name === 'enrol' && door !== 'enrol') return { name: 'today' }
    if (door === 'enrol') return to.name === 'enrol' || { name: 'enrol' }
    if (door === 'password' && to.name === 'sign-in') return { name: door, query: to.query }
    return door && !to.meta.open ? { name: door, query: { next: to.fullPath } } : true
  })
  return router
}
