"""The verbs of the slice."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.kernel.canonical import digest
from palmcheck.kernel.events import Trace
from palmcheck.kernel.grams import searchable
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.eligibility import is_drawable_inspector, is_drawable_target
from palmcheck.registry.events import InspectorEntered, TargetsEntered
from palmcheck.registry.models import Inspector, Target
from palmcheck.registry.new_rows import new_target_row
from palmcheck.registry.people.versions import version_of
from palmcheck.registry.types import Industry, InspectorRef, NewInspector, NewTarget, Position, TargetView


async def enter_targets(tx: Tx, by: Trace, jurisdiction_id: UUID, new: Sequence[NewTarget]) -> list[UUID]:
    """Enters targets and answers their ids in order. Raises CreditCodeInvalid; then none is entered."""
    rows = [new_target_row(jurisdiction_id, each) for each in new]
    tx.session.add_all(rows)
    await tx.session.flush()
    rows_sha256 = digest([msgspec.to_builtins(each) for each in new])
    entered = TargetsEntered(jurisdiction_id=jurisdiction_id, count=len(rows), rows_sha256=rows_sha256)
    tx.record(by, entered)
    return [row.id for row in rows]


async def enter_inspector(tx: Tx, by: Trace, jurisdiction_id: UUID, new: NewInspector) -> UUID:
    """Enters an inspector whom the justice department has reviewed, and answers the id."""
    found_by = searchable(new.name, new.certificate_number)
    row = Inspector(
        jurisdiction_id=jurisdiction_id,
        id=new_id(),
        status="active",
        review_state="reviewed",
        version=1,
        search_text=found_by.text,
        pinyin=found_by.pinyin,
        **msgspec.structs.asdict(new) | {"expertise": list(new.expertise)},
    )
    tx.session.add(row)
    await tx.session.flush()
    tx.session.add(version_of(row, tx.now))
    await tx.session.flush()
    entered = InspectorEntered(jurisdiction_id=jurisdiction_id, inspector_id=row.id, department_id=new.department_id)
    tx.record(by, entered)
    return row.id


async def drawable_targets(session: AsyncSession, jurisdiction_id: UUID, industry: str) -> list[TargetView]:
    """Targets in operation whose industry code begins with `industry` ('' for all), by id (R1); merged ones never."""
    rows = await session.scalars(
        select(Target)
        .where(Target.jurisdiction_id == jurisdiction_id, Target.merged_into.is_(None))
        .where(Target.industry_code.startswith(industry, autoescape=True))
        .order_by(Target.id)
    )
    return [_view(row) for row in rows if is_drawable_target(row.status)]


async def drawable_inspectors(
    session: AsyncSession, jurisdiction_id: UUID, departments: Iterable[UUID], on: date
) -> list[InspectorRef]:
    """Inspectors of these departments who may be drawn on a day, by id (R2); `recusals` says from what targets not."""
    rows = await session.scalars(
        select(Inspector)
        .where(Inspector.jurisdiction_id == jurisdiction_id, Inspector.department_id.in_(departments))
        .order_by(Inspector.id)
    )
    return [
        _ref(row)
        for row in rows
        if is_drawable_inspector(
            row.status, row.staff_kind, row.certificate_expires_on, on, reviewed=row.review_state == "reviewed"
        )
    ]


async def targets(session: AsyncSession, jurisdiction_id: UUID, ids: Iterable[UUID]) -> dict[UUID, TargetView]:
    """Targets by id."""
    rows = await session.scalars(
        select(Target).where(Target.jurisdiction_id == jurisdiction_id, Target.id.in_(list(ids)))
    )
    return {row.id: _view(row) for row in rows}


async def inspectors(session: AsyncSession, jurisdiction_id: UUID, ids: Iterable[UUID]) -> dict[UUID, InspectorRef]:
    """Inspectors by id."""
    rows = await session.scalars(
        select(Inspector).where(Inspector.jurisdiction_id == jurisdiction_id, Inspector.id.in_(list(ids)))
    )
    return {row.id: _ref(row) for row in rows}


def _ref(row: Inspector) -> InspectorRef:
    return InspectorRef(row.id, row.name, row.certificate_number, row.department_id)


def _view(row: Target) -> TargetView:
    position = Position(row.latitude, row.longitude) if row.latitude is not None and row.longitude is not None else None
    return msgspec.convert(
        {
            "id": row.id,
            "name": row.name,
            "kind": row.kind,
            "credit_code": row.credit_code,
            "address": row.address,
            "position": msgspec.to_builtins(position),
            "industry": msgspec.to_builtins(Industry(row.industry_code, row.industry_name)),
            "credit_risk_class": row.credit_risk_class,
        },
        TargetView,
    )
