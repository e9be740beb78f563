"""A publication's row: found or opened, brought up to date, and what follows when it moves on."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.scope import reaches
from palmcheck.inspections import reads as inspections
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import Trace
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.publication.events import PublicationReleased, ResultWithheld
from palmcheck.publication.models import Publication, WithholdingProposal
from palmcheck.publication.problems import NotYours
from palmcheck.publication.stages import Facts, stage_of
from palmcheck.publication.withdrawing import withdraw

KEYS = ("inspection_id", "department_id", "plan_task_id", "target_id")


async def publication(tx: Tx, jurisdiction_id: UUID, part_id: UUID, *, or_open: bool = False) -> Publication:
    """A part's row, locked; `or_open`: made if it is not there. Raises NotFound."""
    if or_open:
        await _open(tx, jurisdiction_id, part_id)
    row = await tx.session.get(Publication, (jurisdiction_id, part_id), with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(field="part_id")
    return row


async def department_of(tx: Tx, by: Actor, part_id: UUID, permission: str) -> UUID:
    """The department of a part that the actor may write about. Raises NotFound, NotYours."""
    parts = inspections.part_rows.subquery()
    department: UUID | None = await tx.session.scalar(
        select(parts.c.department_id).where(parts.c.jurisdiction_id == by.jurisdiction_id, parts.c.id == part_id)
    )
    if department is None:
        raise NotFound(field="part_id")
    if not reaches(by, permission, by.jurisdiction_id, [department]):
        raise NotYours(field="part_id", rule="R11")
    return department


async def _open(tx: Tx, jurisdiction_id: UUID, part_id: UUID) -> None:
    parts = inspections.part_rows.subquery()
    of_part = select(parts).where(parts.c.jurisdiction_id == jurisdiction_id, parts.c.id == part_id)
    part = (await tx.session.execute(of_part)).one_or_none()
    if part is None:
        raise NotFound(field="part_id")
    fresh = {
        "jurisdiction_id": jurisdiction_id,
        "part_id": part_id,
        "record_id": new_id(),
        "stage": "expected",
        "review": "none",
        "withholding": "none",
        "calendar_version": 0,
    }
    values = fresh | {key: getattr(part, key) for key in KEYS}
    await tx.session.execute(insert(Publication).values(values).on_conflict_do_nothing())


async def move_on(tx: Tx, by: Trace, row: Publication, because: str) -> None:
    """Brings the stage up to date after a fact has changed; what becomes ready is released, once."""
    facts = Facts(row.formed_on is not None, row.review, row.withholding, row.published_on is not None)  # type: ignore[arg-type]
    before, row.stage = row.stage, stage_of(facts)
    if row.stage == before:
        return
    if row.stage == "ready":
        released = PublicationReleased(jurisdiction_id=row.jurisdiction_id, part_id=row.part_id, because=because)
        tx.record(by, released)
    if row.stage == "withheld":
        row.withheld_on = law_date(tx.now)
        ground = await _ground(tx, row)
        withheld = ResultWithheld(jurisdiction_id=row.jurisdiction_id, part_id=row.part_id, ground=ground)
        tx.record(by, withheld)
    if row.stage == "withdrawn":
        await withdraw(tx, by, row, await _ground(tx, row))
    await tx.session.flush()


async def _ground(tx: Tx, row: Publication) -> str:
    """The ground of the confirmed proposal: there is exactly one, for no other is taken after it."""
    confirmed = select(WithholdingProposal.ground).where(
        WithholdingProposal.jurisdiction_id == row.jurisdiction_id,
        WithholdingProposal.part_id == row.part_id,
        WithholdingProposal.verdict == "confirmed",
    )
    return (await tx.session.scalars(confirmed)).one()
