"""What follows events of the slices below: whoever has something to do, or to know, is told (R23)."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from palmcheck.draws.events import DrawDrawn
from palmcheck.draws.service import task_of_draw
from palmcheck.inspections.events import (
    DisputeDecided,
    InspectionsIssued,
    PartSubmitted,
    RecusalAsked,
    VisitsDated,
)
from palmcheck.kernel.events import reaction
from palmcheck.kernel.timers import Timer
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.notifications.recipients import accounts_of_inspectors, accounts_with_role
from palmcheck.notifications.reminding import remind_of_due_days
from palmcheck.notifications.telling import tell
from palmcheck.notifications.types import Kind, News, Values
from palmcheck.notifications.visits import Visit, visit_of_part, visits
from palmcheck.planning import service as planning


async def tell_of_draw(tx: Tx, event: DrawDrawn) -> None:
    """The departments that take part hear that targets and inspectors are drawn, and so does the joint office.

    Only how many: the list is secret until it is issued (R19). Who leads the task has drawn it, and knows.
    """
    task_id = await task_of_draw(tx.session, event.jurisdiction_id, event.draw_id)
    task = await planning.task(tx.session, event.jurisdiction_id, task_id)
    others = [each.id for each in task.participants]
    told = await accounts_with_role(tx.session, event.jurisdiction_id, "team_lead", others)
    told |= await accounts_with_role(tx.session, event.jurisdiction_id, "joint_office")
    news = News("plan_task", task.id, {"task": task.name, "count": event.drawn, "lead": task.lead_department.name})
    await tell(tx, event.jurisdiction_id, "draw_made", f"drawn/{event.draw_id}", dict.fromkeys(told, news))


async def tell_of_issue(tx: Tx, event: InspectionsIssued) -> None:
    """Each officer hears once of a draw's visits: how many are his."""
    issued = await visits(tx.session, event.jurisdiction_id, event.inspection_ids)
    own = await _by_account(tx, event.jurisdiction_id, issued)
    told = {account_id: _about_some(of_one) for account_id, of_one in own.items()}
    await tell(tx, event.jurisdiction_id, "visits_issued", f"issued/{event.draw_id}", told)


async def tell_of_days(tx: Tx, event: VisitsDated) -> None:
    """Who goes hears on which day, or that the day was taken back; a day that was moved again meanwhile is not told."""
    dated = await visits(tx.session, event.jurisdiction_id, event.inspection_ids)
    still = [each for each in dated if each.visit_on == event.visit_on]
    day: Values = {} if event.visit_on is None else {"day": event.visit_on.isoformat()}
    own = await _by_account(tx, event.jurisdiction_id, still)
    told = {account_id: _about_some(of_one, day) for account_id, of_one in own.items()}
    kind: Kind = "visits_undated" if event.visit_on is None else "visits_dated"
    await tell(tx, event.jurisdiction_id, kind, f"dated/{event.change_id}", told)


async def tell_of_dispute(tx: Tx, event: PartSubmitted) -> None:
    """The lead hears of a second result that waits for his decision."""
    if event.disputed:
        visit, _ = await visit_of_part(tx.session, event.jurisdiction_id, event.part_id)
        cause = f"dispute/{event.submission_id}"
        told = await _leads(tx, event.jurisdiction_id, visit)
        await tell(tx, event.jurisdiction_id, "dispute_to_decide", cause, dict.fromkeys(told, _about(visit)))


async def tell_of_decision(tx: Tx, event: DisputeDecided) -> None:
    """The officers of the part hear which result stands, and why."""
    visit, department_id = await visit_of_part(tx.session, event.jurisdiction_id, event.part_id)
    people = await accounts_of_inspectors(tx.session, event.jurisdiction_id, visit.going[department_id])
    cause = f"decided/{event.part_id}/{event.chosen_id}"
    news = _about(visit, {"because": event.because})
    await tell(tx, event.jurisdiction_id, "dispute_decided", cause, dict.fromkeys(people.values(), news))


async def tell_of_recusal(tx: Tx, event: RecusalAsked) -> None:
    """The lead hears that a party asked officers to withdraw (R21)."""
    visit, _ = await visit_of_part(tx.session, event.jurisdiction_id, event.part_id)
    told = await _leads(tx, event.jurisdiction_id, visit)
    cause = f"recusal/{event.request_id}"
    await tell(tx, event.jurisdiction_id, "recusal_asked", cause, dict.fromkeys(told, _about(visit)))


def _about_some(own: Sequence[Visit], more: Values | None = None) -> News:
    """One's own visits of one telling, by number; a single one by its name."""
    first = own[0]
    values: Values = {"task": first.task_name, "count": len(own), "target": first.target_name}
    if len(own) > 1:
        return News("inspections", first.plan_task_id, values | (more or {}))
    return News("inspection", first.inspection_id, values | (more or {}))


def _about(visit: Visit, more: Values | None = None) -> News:
    named: Values = {"target": visit.target_name, "task": visit.task_name}
    return News("inspection", visit.inspection_id, named | (more or {}))


async def _leads(tx: Tx, jurisdiction_id: UUID, visit: Visit) -> Iterable[UUID]:
    """The team leads of the department that leads the visit's task."""
    return await accounts_with_role(tx.session, jurisdiction_id, "team_lead", [visit.lead_department_id])


async def _by_account(tx: Tx, jurisdiction_id: UUID, found: Iterable[Visit]) -> Mapping[UUID, list[Visit]]:
    """The visits by the accounts of those who go."""
    own: dict[UUID, list[Visit]] = {}
    for visit in found:
        for inspector_id in visit.inspector_ids:
            own.setdefault(inspector_id, []).append(visit)
    people = await accounts_of_inspectors(tx.session, jurisdiction_id, own)
    return {people[inspector_id]: of_one for inspector_id, of_one in own.items() if inspector_id in people}


REACTIONS = [
    reaction(DrawDrawn, tell_of_draw),
    reaction(InspectionsIssued, tell_of_issue),
    reaction(PartSubmitted, tell_of_dispute),
    reaction(DisputeDecided, tell_of_decision),
    reaction(RecusalAsked, tell_of_recusal),
    reaction(VisitsDated, tell_of_days),
]
TIMERS = [Timer("notifications.due_days", "20 17,23 * * *", remind_of_due_days)]
"""At 1:20 and 7:20 in Shanghai: a machine that was off at night still reminds before the day's work begins."""
