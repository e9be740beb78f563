"""Row scope, the one mechanism: which rows an actor's permission reaches. How far is said in permissions.REACH."""

from collections.abc import Collection
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from litestar.params import QueryParameter
from sqlalchemy import Boolean, ColumnElement, and_, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import REACH, Reach, permissions_at_hand
from palmcheck.jurisdictions.reads import in_scope, levels_below
from palmcheck.kernel.problems import NotFound

AskedPlace: TypeAlias = Annotated[
    UUID | None, QueryParameter(description="a jurisdiction below, for those who read down")
]
"""The query parameter `jurisdiction_id` of a list; `place_of` judges it."""
_WIDENING = tuple(Reach)


def reach_of(actor: Actor, permission: str) -> Reach | None:
    """How far a permission of the actor reaches: the widest of his roles; a machine client's is its jurisdiction."""
    if permission not in permissions_at_hand(actor):
        return None
    if actor.is_machine:
        return Reach.JURISDICTION
    return max((REACH[permission][role] for role in actor.roles if role in REACH[permission]), key=_WIDENING.index)


def reads_down(actor: Actor, permission: str) -> bool:
    """Whether a permission of the actor reaches the levels below."""
    return reach_of(actor, permission) is Reach.BELOW


def in_reach(actor: Actor, permission: str, jurisdiction_id: Any, department: Any) -> ColumnElement[bool]:
    """The rows that a permission reaches.

    `department` is the column of the row's department, or the condition under which a row is also the actor's
    department's. A permission whose reach is the account's own reaches none by this.
    """
    reach = reach_of(actor, permission)
    if reach in {None, Reach.OWN}:
        return false()
    scope = in_scope(jurisdiction_id, actor.jurisdiction_id, reads_down=reach is Reach.BELOW)
    if reach is not Reach.DEPARTMENT:
        return scope
    if actor.department_id is None:
        return false()
    return and_(scope, department if isinstance(department.type, Boolean) else department == actor.department_id)


def reaches(actor: Actor, permission: str, jurisdiction_id: UUID, departments: Collection[UUID | None]) -> bool:
    """Whether a permission of the actor reaches a row at hand, of these departments; never one below, to write."""
    reach = reach_of(actor, permission)
    if reach in {None, Reach.OWN} or jurisdiction_id != actor.jurisdiction_id:
        return False
    return reach is not Reach.DEPARTMENT or (actor.department_id is not None and actor.department_id in departments)


async def place_of(session: AsyncSession, actor: Actor, permission: str, asked: UUID | None) -> UUID:
    """The jurisdiction that is asked about: the own, or one below for those who read down. Raises NotFound."""
    if asked is None or asked == actor.jurisdiction_id:
        return actor.jurisdiction_id
    below = levels_below(actor.jurisdiction_id).subquery()
    known = await session.scalar(select(below.c[0]).where(below.c[0] == asked))
    if known is None or not reads_down(actor, permission):
        raise NotFound(field="jurisdiction_id")
    return asked


async def home_of(session: AsyncSession, actor: Actor, permission: str, rows: Any, id: UUID) -> UUID:
    """The jurisdiction of a row that the actor may read wherever in his reach it stands. Raises NotFound.

    `rows` is a table, or a selectable of a slice below, with the columns `jurisdiction_id` and `id`; for rows of which
    the whole jurisdiction may read.
    """
    reach = reach_of(actor, permission)
    scope = in_scope(rows.jurisdiction_id, actor.jurisdiction_id, reads_down=reach is Reach.BELOW)
    home: UUID | None = await session.scalar(select(rows.jurisdiction_id).where(scope, rows.id == id))
    if home is None:
        raise NotFound(field="id")
    return home
