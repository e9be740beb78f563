import type { Inspection } from '@/api/types'
import type { Standing, VisitOverview } from '@/api/visits'
import { today } from '@/messages/dates'
import { WARNED_DAYS } from '../people/looks'
import { quarterOf } from '../quarters'
import { theDesk } from '../session'
import { drawsAhead, SHOWN, type Line } from '../standing'
import { useLoaded } from '../useLoaded'

/** Where the people are whose certificate runs out. */
export const ending = { expires_within: String(WARNED_DAYS), sort: 'certificate_expires_on' }

/** Everything that the overview shows, asked for at once; what the reader may not see is not asked for. */
export function useOverview() {
  const { api, may } = theDesk()

  async function certificates() {
    const [standing, page] = await Promise.all([api.readInspectorStanding(), api.listInspectors(ending)])
    return { count: standing.expired + standing.expiring, first: page.items.slice(0, SHOWN) }
  }
  const first = (visits: VisitOverview, standing: Standing): Promise<Line<Inspection>> | Line<Inspection> => {
    const count = visits.whole[standing]
    return count === 0 ? { count, first: [] } : api.listInspections({ standing }).then((page) => ({ count, first: page.items.slice(0, SHOWN) }))
  }
  async function visits() {
    const seen = await api.readVisitOverview()
    const [late, due, moving, disputed, mine] = await Promise.all((['late', 'due', 'moving', 'disputed', 'mine'] as const).map((each) => first(seen, each)))
    return { ...seen, lines: { late, due, moving, disputed, mine } }
  }

  return useLoaded(async () => {
    const [tasks, visiting, rate, people] = await Promise.all([
      may('plan.read') ? api.listPlanTasks().then((page) => page.items) : [],
      may('inspection.read') ? visits() : null,
      may('figures.read') ? api.readFigure('palm_rate', { quarter: quarterOf(today()) }).catch(() => null) : null,
      may('inspector.read') ? certificates().catch(() => null) : null,
    ])
    return { draws: drawsAhead(tasks, today()), tasks: tasks.length, visits: visiting, rate, certificates: people }
  }, undefined, ['inspections', 'draws', 'plans', 'people', 'publication'])
}
