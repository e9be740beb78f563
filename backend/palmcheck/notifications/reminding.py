"""The daily round: due days that are near or over, told once a row and step (R23)."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from palmcheck.jurisdictions import reads as jurisdiction_reads
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.settings import (
    PUBLICATION_CLOCK,
    PUBLICATION_DAYS,
    PUBLICATION_REMINDER_DAYS,
    TASK_REMINDER_DAYS,
    Setting,
)
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.unit_of_work import Database, Tx
from palmcheck.notifications.due_rows import (
    DueRow,
    Duty,
    problems_to_handle,
    results_to_publish,
    visits_to_make,
)
from palmcheck.notifications.events import Reminded
from palmcheck.notifications.models import Reminder
from palmcheck.notifications.recipients import accounts_of_inspectors, accounts_with_role
from palmcheck.notifications.reminder_steps import OVER, step_reached
from palmcheck.notifications.telling import TELLING, tell
from palmcheck.notifications.types import Kind, News, Values
from palmcheck.notifications.visits import Visit, visits

log = logging.getLogger(__name__)
FIRST_STEP: Mapping[Duty, Setting[int]] = {
    "visit": TASK_REMINDER_DAYS,
    "follow_up": TASK_REMINDER_DAYS,
    "publication": PUBLICATION_REMINDER_DAYS,
}
TEXTS: Mapping[Duty, tuple[Kind, Kind]] = {
    "visit": ("visit_due", "visit_overdue"),
    "publication": ("publication_due", "publication_overdue"),
    "follow_up": ("follow_up_due", "follow_up_overdue"),
}
"""Before the day, and once it is over."""
LONGEST_AGO = timedelta(days=400)
"""Results whose days began before are not counted any more: the calendar is read from here on."""


async def remind_of_due_days(database: Database, at: datetime) -> None:
    """Goes through all jurisdictions, one unit of work each; a second round tells nobody again."""
    async with database.reading() as session:
        places = jurisdiction_reads.jurisdiction_rows.subquery()
        ids = list(await session.scalars(select(places.c.id).order_by(places.c.id)))
    for jurisdiction_id in ids:
        try:
            async with database.unit_of_work(at) as tx:
                await _remind(tx, jurisdiction_id, law_date(at))
        except Exception:  # one place's bad row keeps no other's people from being told
            log.exception("jurisdiction %s was not reminded", jurisdiction_id)


async def _remind(tx: Tx, jurisdiction_id: UUID, today: date) -> None:
    session = tx.session
    await tx.lock("reminding", jurisdiction_id)
    _, calendar = await jurisdictions.working_days(session, jurisdiction_id, today - LONGEST_AGO)
    clock = await jurisdictions.setting(session, jurisdiction_id, PUBLICATION_CLOCK)
    days = await jurisdictions.setting(session, jurisdiction_id, PUBLICATION_DAYS)
    waiting: dict[Duty, list[DueRow]] = {
        "visit": await visits_to_make(session, jurisdiction_id, today),
        "publication": await results_to_publish(session, jurisdiction_id, clock, days, calendar),
        "follow_up": await problems_to_handle(session, jurisdiction_id, today),
    }
    for duty, rows in waiting.items():
        first = await jurisdictions.setting(session, jurisdiction_id, FIRST_STEP[duty])
        by_step: dict[int, list[DueRow]] = defaultdict(list)
        for row in rows:
            step = step_reached(today, row.due_on, calendar, first)
            if step is not None:
                by_step[step].append(row)
        for step, reached in sorted(by_step.items()):
            await _tell_once(tx, jurisdiction_id, duty, step, reached)


async def _tell_once(tx: Tx, jurisdiction_id: UUID, duty: Duty, step: int, rows: Sequence[DueRow]) -> None:
    """Notes the step of each row; those that were not noted before are told, a task's of one day together."""
    key = {"jurisdiction_id": jurisdiction_id, "kind": duty, "step": step, "told_at": tx.now}
    noted = await tx.session.scalars(
        insert(Reminder).on_conflict_do_nothing().returning(Reminder.subject_id),
        [key | {"subject_id": row.subject_id, "due_on": row.due_on} for row in rows],
    )
    new = set(noted)
    fresh = [row for row in rows if row.subject_id in new]
    if not fresh:
        return
    ids = sorted(row.subject_id for row in fresh)
    tx.record(TELLING, Reminded(jurisdiction_id=jurisdiction_id, kind=duty, step=step, subject_ids=ids))
    known = await visits(tx.session, jurisdiction_id, {row.inspection_id for row in fresh})
    by_visit = {each.inspection_id: each for each in known}
    together: dict[tuple[UUID, date], list[DueRow]] = defaultdict(list)
    for row in fresh:
        together[by_visit[row.inspection_id].plan_task_id, row.due_on].append(row)
    for (_, due_on), of_task in sorted(together.items()):
        kind = TEXTS[duty][step == OVER]
        cause = f"{kind}/{due_on}/{step}/{min(row.subject_id for row in of_task)}"
        own = await _by_account(tx, jurisdiction_id, duty, step, of_task, by_visit)
        told = {account_id: _news(of_one, by_visit) for account_id, of_one in own.items()}
        await tell(tx, jurisdiction_id, kind, cause, told)


async def _by_account(
    tx: Tx,
    jurisdiction_id: UUID,
    duty: Duty,
    step: int,
    rows: Sequence[DueRow],
    by_visit: Mapping[UUID, Visit],
) -> dict[UUID, list[DueRow]]:
    """Who hears of which rows: who goes, the leads of the row's department, of a visit the lead department's too;

    of what is over the joint office (R23).
    """
    session, found = tx.session, defaultdict[UUID, list[DueRow]](list)
    departments = {row.department_id for row in rows}
    if duty == "visit":
        departments |= {by_visit[row.inspection_id].lead_department_id for row in rows}
    leads = await accounts_with_role(session, jurisdiction_id, "team_lead", departments)
    office = await accounts_with_role(session, jurisdiction_id, "joint_office") if step == OVER else {}
    going = {i for row in rows for i in by_visit[row.inspection_id].going.get(row.department_id, ())}
    people = await accounts_of_inspectors(session, jurisdiction_id, going)
    for row in rows:
        visit = by_visit[row.inspection_id]
        concerned = {row.department_id} | ({visit.lead_department_id} if duty == "visit" else set())
        told = {people[i] for i in visit.going.get(row.department_id, ()) if i in people} | set(office)
        told |= {account_id for account_id, department in leads.items() if department in concerned}
        for account_id in told:
            found[account_id].append(row)
    return found


def _news(rows: Sequence[DueRow], by_visit: Mapping[UUID, Visit]) -> News:
    named = {row.inspection_id: by_visit[row.inspection_id] for row in rows}
    first = min(named.values(), key=lambda each: (each.target_name, each.inspection_id))
    values: Values = {
        "task": first.task_name,
        "target": first.target_name,
        "count": len(rows),
        "visits": len(named),
        "day": rows[0].due_on.isoformat(),
    }
    if len(named) == 1:
        return News("inspection", first.inspection_id, values)
    return News("inspections", first.plan_task_id, values)
