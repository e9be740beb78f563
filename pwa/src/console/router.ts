import { createRouter, createWebHistory, type Router, type RouterHistory, type RouteRecordRaw } from 'vue-router'
import Overview from './screens/Overview.vue'
import SignIn from './screens/SignIn.vue'
import type { Desk, Permission } from './session'

declare module 'vue-router' {
  interface RouteMeta { open?: boolean; needs?: Permission }
}

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'overview', component: Overview },
  { path: '/sign-in', name: 'sign-in', component: SignIn, meta: { open: true } },
  { path: '/draws', name: 'draws', component: () => import('./screens/Draws.vue'), meta: { needs: 'plan.read' } },
  { path: '/draws/:taskId', name: 'draw', component: () => import('./screens/DrawTask.vue'), props: true, meta: { needs: 'plan.read' } },
  { path: '/inspections', name: 'inspections', component: () => import('./screens/Inspections.vue'), meta: { needs: 'inspection.read' } },
  { path: '/inspections/:inspectionId', name: 'inspection', component: () => import('./screens/InspectionPage.vue'), props: true, meta: { needs: 'inspection.read' } },
  { path: '/inspections/:inspectionId/parts/:partId/desk', name: 'desk-entry', component: () => import('./screens/DeskEntry.vue'), props: true, meta: { needs: 'inspection.enter' } },
  { path: '/registry/targets', name: 'registry', component: () => import('./registry/Targets.vue'), meta: { needs: 'target.read' } },
  { path: '/registry/targets/new', name: 'target-new', component: () => import('./registry/TargetForm.vue'), meta: { needs: 'target.edit' } },
  { path: '/registry/targets/duplicates', name: 'duplicates', component: () => import('./registry/Duplicates.vue'), meta: { needs: 'target.read' } },
  { path: '/registry/targets/import', name: 'target-import', component: () => import('./import/TargetImports.vue'), meta: { needs: 'target.read' } },
  { path: '/registry/targets/:targetId', name: 'target', component: () => import('./registry/TargetPage.vue'), props: true, meta: { needs: 'target.read' } },
  { path: '/registry/targets/:targetId/edit', name: 'target-edit', component: () => import('./registry/TargetForm.vue'), props: true, meta: { needs: 'target.edit' } },
  { path: '/inbox', name: 'inbox', component: () => import('./inbox/Inbox.vue') },
  { path: '/publication', name: 'publication', component: () => import('./publication/Publications.vue'), meta: { needs: 'publication.read' }, beforeEnter: (to) => Object.keys(to.query).length > 0 || { name: 'publication', query: { stage: 'waiting' } } },
  { path: '/publication/:partId', name: 'publication-record', component: () => import('./publication/PublicationPage.vue'), props: true, meta: { needs: 'publication.read' } },
  { path: '/figures', name: 'figures', component: () => import('./figures/Figures.vue'), meta: { needs: 'figures.read' } },
  { path: '/figures/:figure', name: 'figure', component: () => import('./figures/FigurePage.vue'), props: true, meta: { needs: 'figures.read' } },
  { path: '/figures/:figure/rows', name: 'figure-rows', component: () => import('./figures/FigureRows.vue'), props: true, meta: { needs: 'figures.read' } },
  { path: '/admin', name: 'admin', component: () => import('./admin/Admin.vue'), meta: { needs: 'setting.read' } },
  { path: '/admin/settings', name: 'settings', component: () => import('./admin/settings/Settings.vue'), meta: { needs: 'setting.read' } },
  { path: '/admin/settings/:settingKey', name: 'setting', component: () => import('./admin/settings/SettingPage.vue'), props: true, meta: { needs: 'setting.read' } },
  { path: '/admin/calendar', name: 'calendar', component: () => import('./admin/calendar/Calendar.vue'), meta: { needs: 'setting.read' } },
  { path: '/admin/departments', name: 'departments', component: () => import('./admin/departments/Departments.vue'), meta: { needs: 'jurisdiction.read' } },
  { path: '/admin/accounts', name: 'accounts', component: () => import('./admin/accounts/Accounts.vue'), meta: { needs: 'account.read' } },
  { path: '/admin/accounts/new', name: 'account-new', component: () => import('./admin/accounts/OpenAccount.vue'), meta: { needs: 'account.administer' } },
  { path: '/admin/accounts/import', name: 'account-import', component: () => import('./admin/accounts/ImportAccounts.vue'), meta: { needs: 'account.administer' } },
  { path: '/admin/accounts/:accountId', name: 'account', component: () => import('./admin/accounts/AccountPage.vue'), props: true, meta: { needs: 'account.read' } },
  { path: '/admin/devices', name: 'devices', component: () => import('./admin/devices/Devices.vue'), meta: { needs: 'device.read' } },
  { path: '/admin/clients', name: 'clients', component: () => import('./admin/clients/MachineClients.vue'), meta: { needs: 'token.administer' } },
  { path: '/me', name: 'me', component: () => import('./me/MyAccount.vue'), meta: { needs: 'self.manage' } },
  { path: '/registry/inspectors', name: 'inspectors', component: () => import('./people/Inspectors.vue'), meta: { needs: 'inspector.read' } },
  { path: '/registry/inspectors/new', name: 'inspector-new', component: () => import('./people/InspectorNew.vue'), meta: { needs: 'inspector.edit' } },
  { path: '/registry/inspectors/review', name: 'inspector-review', component: () => import('./people/ReviewBoard.vue'), meta: { needs: 'inspector.read' } },
  { path: '/registry/inspectors/import', name: 'inspector-import', component: () => import('./people/ImportInspectors.vue'), meta: { needs: 'inspector.edit' } },
  { path: '/registry/inspectors/:inspectorId', name: 'inspector', component: () => import('./people/InspectorPage.vue'), props: true, meta: { needs: 'inspector.read' } },
  { path: '/registry/experts', name: 'experts', component: () => import('./people/Experts.vue'), meta: { needs: 'inspector.read' } },
  { path: '/registry/experts/new', name: 'expert-new', component: () => import('./people/ExpertPage.vue'), meta: { needs: 'inspector.edit' } },
  { path: '/registry/experts/:expertId', name: 'expert', component: () => import('./people/ExpertPage.vue'), props: true, meta: { needs: 'inspector.read' } },
  { path: '/catalogue', name: 'catalogue', component: () => import('./catalogue/Items.vue'), meta: { needs: 'catalogue.read' } },
  { path: '/catalogue/new', name: 'new-item', component: () => import('./catalogue/NewItem.vue'), meta: { needs: 'catalogue.edit' } },
  { path: '/catalogue/items/:itemId', name: 'check-item', component: () => import('./catalogue/ItemPage.vue'), props: true, meta: { needs: 'catalogue.read' } },
  { path: '/catalogue/claims', name: 'claims', component: () => import('./catalogue/Claims.vue'), meta: { needs: 'catalogue.read' } },
  { path: '/catalogue/checklists', name: 'checklists', component: () => import('./catalogue/Checklists.vue'), meta: { needs: 'catalogue.read' } },
  { path: '/catalogue/checklists/of/:code', name: 'checklist', component: () => import('./catalogue/ChecklistPage.vue'), props: true, meta: { needs: 'catalogue.read' } },
  { path: '/catalogue/checklists/:draftId', name: 'checklist-editor', component: () => import('./catalogue/ChecklistEditor.vue'), props: true, meta: { needs: 'checklist.edit' } },
  { path: '/:rest(.*)*', redirect: '/' },
]

/** The screens under /console/. Whoever is not signed in signs in first and then lands where the address says. */
export function consoleRouter(desk: Desk, history: RouterHistory = createWebHistory('/console/')): Router {
  const router = createRouter({ history, routes, scrollBehavior: (to, _from, position) => position ?? (to.hash ? { el: to.hash, top: 96 } : { top: 0 }) })
  router.beforeEach(async (to) => {
    const me = await desk.known().catch(() => null)
    if (!me) return to.meta.open === true || { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
    if (to.meta.open) return { name: 'overview' }
    if (me.must_change_password && to.name !== 'me') return { name: 'me' }
    return !to.meta.needs || desk.may(to.meta.needs) || { name: 'overview' }
  })
  return router
}
