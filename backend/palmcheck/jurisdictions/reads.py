"""Selectables that upper slices may join: the only way to this slice's rows in SQL."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from palmcheck.jurisdictions.models import Department, Jurisdiction, JurisdictionClosure

department_rows = select(Department.jurisdiction_id, Department.id, Department.code, Department.name)
jurisdiction_rows = select(Jurisdiction.id, Jurisdiction.name, Jurisdiction.level, Jurisdiction.code)


def levels_below(jurisdiction_id: UUID) -> Select[UUID]:
    """Ids of a jurisdiction and of all below it."""
    return select(JurisdictionClosure.descendant_id).where(JurisdictionClosure.ancestor_id == jurisdiction_id)


def level_above(jurisdiction_id: UUID) -> Select[UUID | None]:
    """The id of the jurisdiction directly above, if there is one."""
    return select(Jurisdiction.parent_id).where(Jurisdiction.id == jurisdiction_id, Jurisdiction.parent_id.is_not(None))


def in_scope(
    column: InstrumentedAttribute[UUID] | ColumnElement[UUID], jurisdiction_id: UUID, *, reads_down: bool
) -> ColumnElement[bool]:
    """Row scope, the one mechanism: the own jurisdiction, or it and the levels below for those who read down."""
    return column.in_(levels_below(jurisdiction_id)) if reads_down else column == jurisdiction_id
