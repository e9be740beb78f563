"""From a whole result to its place on the way to the public: the last day, and what it waits for (domain.md 3)."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from palmcheck.inspections import reads as inspections
from palmcheck.inspections import service as inspection_verbs
from palmcheck.inspections.events import PartCompleted
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.settings import PUBLICATION_CLOCK, PUBLICATION_DAYS, PUBLICATION_REVIEW, REVIEW_DAYS
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.planning import service as planning
from palmcheck.publication.deadlines import due_by_clock, review_limit
from palmcheck.publication.events import DeadlineRecounted, PublicationOpened
from palmcheck.publication.models import Publication
from palmcheck.publication.stages import WAITING
from palmcheck.publication.standing import move_on, publication

TAKING_UP = SystemActor("publication.taking_up")


async def take_up(tx: Tx, event: PartCompleted) -> None:
    """Gives a whole result its last day and its review, or lets it go on at once: nobody waits for another (R11).

    A second run finds the result taken up and changes nothing; another result, chosen in a dispute, begins anew.
    """
    part = await inspection_verbs.complete_part(tx.session, event.jurisdiction_id, event.part_id)
    await tx.lock("publication", event.part_id)
    known = await tx.session.get(Publication, (event.jurisdiction_id, event.part_id))
    if known is not None and (known.submission_id == part.submission_id or known.published_on is not None):
        return
    row = await publication(tx, event.jurisdiction_id, event.part_id, or_open=True)
    row.formed_on, row.submission_id, row.stage = law_date(part.formed_at), part.submission_id, "expected"
    task_over_on = await _count(tx, row, row.formed_on)
    review = await jurisdictions.setting(tx.session, row.jurisdiction_id, PUBLICATION_REVIEW)
    if review == "second_officer":
        days = await jurisdictions.setting(tx.session, row.jurisdiction_id, REVIEW_DAYS)
        _, calendar = await jurisdictions.working_days(tx.session, row.jurisdiction_id, row.formed_on)
        row.review, row.review_by = "waiting", review_limit(row.formed_on, row.due_on, days, calendar)
    await move_on(tx, TAKING_UP, row, "result_formed")
    tx.record(
        TAKING_UP,
        PublicationOpened(
            jurisdiction_id=row.jurisdiction_id,
            part_id=row.part_id,
            record_id=row.record_id,
            stage=row.stage,
            due_on=row.due_on,
            review_by=row.review_by,
        ),
    )
    if task_over_on is not None:
        await _task_over(tx, row, task_over_on)


async def _count(tx: Tx, row: Publication, formed_on: date) -> date | None:
    """Counts the last day; answers when the task's last result was formed, if this was it and the clock asks."""
    session, place = tx.session, row.jurisdiction_id
    clock = await jurisdictions.setting(session, place, PUBLICATION_CLOCK)
    days = await jurisdictions.setting(session, place, PUBLICATION_DAYS)
    row.calendar_version, calendar = await jurisdictions.working_days(session, place, formed_on)
    over, counted_from = None, formed_on
    if clock == "task_completed":
        over = await _last_formed(tx, row)
        counted_from = over or (await planning.task(session, place, row.plan_task_id)).deadline
    row.due_on = due_by_clock(clock, formed_on, counted_from, days, calendar)
    return over


async def _last_formed(tx: Tx, row: Publication) -> date | None:
    """The day on which the last result of the task was formed; None while one is missing."""
    parts = inspections.part_rows.subquery()
    of_task = select(func.count().filter(parts.c.formed_at.is_(None)), func.max(parts.c.formed_at)).where(
        parts.c.jurisdiction_id == row.jurisdiction_id, parts.c.plan_task_id == row.plan_task_id
    )
    missing, last = (await tx.session.execute(of_task)).one()
    return law_date(last) if missing == 0 and last is not None else None


async def _task_over(tx: Tx, last: Publication, over: date) -> None:
    """The task is done: what still waits is counted from that day on, no longer from the deadline."""
    place = last.jurisdiction_id
    days = await jurisdictions.setting(tx.session, place, PUBLICATION_DAYS)
    for row in await _waiting(tx, place, last.plan_task_id):
        if row.formed_on is None:
            continue
        version, calendar = await jurisdictions.working_days(tx.session, place, row.formed_on)
        due = due_by_clock("task_completed", row.formed_on, over, days, calendar)
        if due == row.due_on:
            continue
        tx.record(
            TAKING_UP,
            DeadlineRecounted(
                jurisdiction_id=place,
                record_id=row.record_id,
                part_id=row.part_id,
                due_before=row.due_on,
                due_now=due,
                calendar_version=version,
            ),
        )
        row.due_on, row.calendar_version = due, version


async def _waiting(tx: Tx, jurisdiction_id: UUID, plan_task_id: UUID) -> list[Publication]:
    rows = await tx.session.scalars(
        select(Publication)
        .where(
            Publication.jurisdiction_id == jurisdiction_id,
            Publication.plan_task_id == plan_task_id,
            Publication.stage.in_(WAITING),
        )
        .order_by(Publication.part_id)
        .with_for_update()
    )
    return list(rows)
