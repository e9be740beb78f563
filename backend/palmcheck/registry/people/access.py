"""Whose people one may read, edit, review."""

from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.problems import NotAllowed
from palmcheck.accounts.scope import in_reach, reaches
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.models import Inspector
from palmcheck.registry.people.problems import DepartmentNotYours

JUSTICE = "justice"
"""The code of the department that reviews (S1 一(四)); where a place has none the joint office records its review."""


def readable(
    actor: Actor, jurisdiction_id: InstrumentedAttribute[UUID], department_id: InstrumentedAttribute[UUID]
) -> ColumnElement[bool]:
    """Rows that the actor may read: his department's, his jurisdiction's, or those of the levels below too."""
    return in_reach(actor, "inspector.read", jurisdiction_id, department_id)


def edits(actor: Actor, jurisdiction_id: UUID, department_id: UUID) -> bool:
    """Whether the actor may change people of a department: its administrator, or the joint office."""
    return reaches(actor, "inspector.edit", jurisdiction_id, [department_id])


def must_edit(actor: Actor, jurisdiction_id: UUID, department_id: UUID) -> None:
    """Raises NotAllowed where `edits` says no."""
    if not edits(actor, jurisdiction_id, department_id):
        raise NotAllowed(permission="inspector.edit")


async def must_be_own_department(session: AsyncSession, actor: Actor, department_id: UUID) -> None:
    """Raises DepartmentNotYours for a department of elsewhere, or of another administrator."""
    known = await jurisdictions.departments(session, actor.jurisdiction_id)
    if department_id not in known or not edits(actor, actor.jurisdiction_id, department_id):
        raise DepartmentNotYours(field="department_id")


async def reviews(session: AsyncSession, actor: Actor, jurisdiction_id: UUID) -> bool:
    """Whether the actor may record a review: the justice department of the same level, else the joint office."""
    if not reaches(actor, "inspector.review", jurisdiction_id, []):
        return False
    known = await jurisdictions.departments(session, actor.jurisdiction_id)
    justice = next((id for id, each in known.items() if each.code == JUSTICE), None)
    if justice is None:
        return "joint_office" in actor.roles
    return "department_administrator" in actor.roles and actor.department_id == justice


async def held(tx: Tx, by: Actor, id: UUID) -> Inspector:
    """An inspector of the jurisdiction, held until the transaction ends. Raises NotFound."""
    await tx.lock("inspector", id)
    row = await tx.session.get(Inspector, (by.jurisdiction_id, id), populate_existing=True)
    if row is None:
        raise NotFound(field="id")
    return row
