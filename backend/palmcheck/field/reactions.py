"""What follows events of lower slices: phones hear of new inspections and of parts that moved on."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from palmcheck.field.feed import extend
from palmcheck.field.models import FeedEntry
from palmcheck.inspections import reads as inspections
from palmcheck.inspections.events import CheckedIn, InspectionsIssued, PartCompleted, PartSubmitted
from palmcheck.kernel.events import SystemActor, reaction
from palmcheck.kernel.unit_of_work import Tx

FEED = SystemActor("field.feed")
PartEvent = CheckedIn | PartSubmitted | PartCompleted


async def tell_of_inspections(tx: Tx, event: InspectionsIssued) -> None:
    """Each officer's feed gets the checklists that he lacks, then his inspections; a second run adds nothing."""
    parts, officers = inspections.part_rows.subquery(), inspections.officer_rows.subquery()
    rows = await tx.session.execute(
        select(officers.c.inspector_id, parts.c.inspection_id, parts.c.checklist_id)
        .join(
            officers,
            (officers.c.jurisdiction_id == parts.c.jurisdiction_id) & (officers.c.part_id == parts.c.id),
        )
        .where(parts.c.jurisdiction_id == event.jurisdiction_id, parts.c.inspection_id.in_(event.inspection_ids))
        .order_by(officers.c.inspector_id, parts.c.inspection_id)
    )
    news: dict[UUID, dict[tuple[str, UUID], None]] = {}
    for inspector_id, inspection_id, checklist_id in rows:
        of_one = news.setdefault(inspector_id, {})
        of_one[("checklist", checklist_id)] = None
        of_one[("inspection", inspection_id)] = None
    for inspector_id, of_one in news.items():
        known = await _known(tx, event.jurisdiction_id, inspector_id, [subject for _, subject in of_one])
        fresh = sorted((change for change in of_one if change not in known), key=lambda change: change[0])
        extend(tx, FEED, event.jurisdiction_id, [inspector_id], fresh)


async def _known(tx: Tx, jurisdiction_id: UUID, inspector_id: UUID, subjects: list[UUID]) -> set[tuple[str, UUID]]:
    rows = await tx.session.execute(
        select(FeedEntry.kind, FeedEntry.subject_id).where(
            FeedEntry.jurisdiction_id == jurisdiction_id,
            FeedEntry.inspector_id == inspector_id,
            FeedEntry.subject_id.in_(subjects),
        )
    )
    return {(kind, subject) for kind, subject in rows}


async def tell_of_part(tx: Tx, event: PartEvent) -> None:
    """The officers of the whole visit hear that a part has moved on."""
    extend(
        tx,
        FEED,
        event.jurisdiction_id,
        await visit_officers(tx, event.jurisdiction_id, event.part_id),
        [("part_state", event.part_id)],
    )


async def visit_officers(tx: Tx, jurisdiction_id: UUID, part_id: UUID) -> Sequence[UUID]:
    """The inspectors of all parts of a part's visit, sorted.

    The visit is asked for first: as a query within the query, and with no statistics of a place that is new, the
    planner walked all parts for each part.
    """
    parts, officers = inspections.part_rows.subquery(), inspections.officer_rows.subquery()
    visit = select(parts.c.inspection_id).where(parts.c.jurisdiction_id == jurisdiction_id, parts.c.id == part_id)
    visit_id = await tx.session.scalar(visit)
    rows = await tx.session.scalars(
        select(officers.c.inspector_id)
        .join(parts, (parts.c.jurisdiction_id == officers.c.jurisdiction_id) & (parts.c.id == officers.c.part_id))
        .where(parts.c.jurisdiction_id == jurisdiction_id, parts.c.inspection_id == visit_id)
        .distinct()
        .order_by(officers.c.inspector_id)
    )
    return rows.all()


REACTIONS = [
    reaction(InspectionsIssued, tell_of_inspections),
    reaction(CheckedIn, tell_of_part),
    reaction(PartSubmitted, tell_of_part),
    reaction(PartCompleted, tell_of_part),
]
