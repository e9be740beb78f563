"""The tree and its departments, with the three persons who answer for each (S3 四(一))."""

from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.jurisdictions.events import ResponsibleNamed
from palmcheck.jurisdictions.models import Department, DepartmentResponsible, Jurisdiction, JurisdictionClosure
from palmcheck.jurisdictions.problems import NothingChanges
from palmcheck.jurisdictions.types import Author, DepartmentView, Responsible, ResponsibleChange, Tree, TreeNode
from palmcheck.jurisdictions.versions import require_version
from palmcheck.kernel.events import Trace
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx

POSTS = ("first", "leading", "direct")


async def tree(session: AsyncSession, jurisdiction_id: UUID, *, reads_down: bool) -> Tree:
    """A jurisdiction with its departments; for who reads down all below it too, each after the one above it."""
    below = (
        select(Jurisdiction, JurisdictionClosure.depth)
        .join(JurisdictionClosure, JurisdictionClosure.descendant_id == Jurisdiction.id)
        .where(JurisdictionClosure.ancestor_id == jurisdiction_id)
        .order_by(JurisdictionClosure.depth, Jurisdiction.code)
    )
    if not reads_down:
        below = below.where(JurisdictionClosure.depth == 0)
    rows = (await session.execute(below)).all()
    found = await _departments(session, [place.id for place, _ in rows])
    return Tree(
        [
            TreeNode(place.id, place.parent_id, place.code, place.name, place.level, depth, found.get(place.id, []))
            for place, depth in rows
        ]
    )


async def department_views(session: AsyncSession, jurisdiction_id: UUID) -> list[DepartmentView]:
    """A jurisdiction's departments with who answers for them, by code."""
    return (await _departments(session, [jurisdiction_id])).get(jurisdiction_id, [])


async def name_responsible(
    tx: Tx, by: Trace, jurisdiction_id: UUID, id: UUID, wanted: Responsible, if_match: str | None, author: Author
) -> DepartmentView:
    """Names who answers for a department from now on. Raises NotFound, VersionNeeded, ChangedMeanwhile."""
    await tx.lock("department_responsible", id)
    standing = next((each for each in await department_views(tx.session, jurisdiction_id) if each.id == id), None)
    if standing is None:
        raise NotFound(field="id")
    require_version(if_match, standing.version)
    wanted = _tidy(wanted)
    posts = [post for post in POSTS if getattr(wanted, post) != getattr(standing.responsible, post)]
    if not posts:
        raise NothingChanges(field="first")
    version = standing.version + 1
    tx.session.add(
        DepartmentResponsible(
            jurisdiction_id=jurisdiction_id,
            department_id=id,
            version=version,
            since=tx.now,
            first=wanted.first,
            leading=wanted.leading,
            direct=wanted.direct,
            author_id=author.account_id,
            author_name=author.name,
        )
    )
    named = ResponsibleNamed(jurisdiction_id=jurisdiction_id, department_id=id, version=version, posts=posts)
    tx.record(by, named)
    return msgspec.structs.replace(standing, responsible=wanted, version=version)


async def responsible_history(
    session: AsyncSession, jurisdiction_id: UUID, id: UUID, cursor: str | None
) -> Page[ResponsibleChange]:
    """Who answered for a department, newest first. Raises CursorInvalid."""
    wanted = select(DepartmentResponsible).where(
        DepartmentResponsible.jurisdiction_id == jurisdiction_id, DepartmentResponsible.department_id == id
    )
    if cursor:
        wanted = wanted.where(DepartmentResponsible.version < decode_cursor(cursor, int)[0])
    rows = await session.scalars(wanted.order_by(DepartmentResponsible.version.desc()).limit(PAGE + 1))
    return page_of(
        list(rows),
        PAGE,
        lambda row: ResponsibleChange(_responsible(row), row.version, row.since, row.author_name),
        lambda row: (row.version,),
    )


def _tidy(wanted: Responsible) -> Responsible:
    return Responsible(*((getattr(wanted, post) or "").strip() or None for post in POSTS))


def _responsible(row: DepartmentResponsible | None) -> Responsible:
    return Responsible(row.first, row.leading, row.direct) if row else Responsible()


async def _departments(session: AsyncSession, jurisdiction_ids: list[UUID]) -> dict[UUID, list[DepartmentView]]:
    newest = (
        select(DepartmentResponsible)
        .where(DepartmentResponsible.jurisdiction_id.in_(jurisdiction_ids))
        .ext(distinct_on(DepartmentResponsible.department_id))
        .order_by(DepartmentResponsible.department_id, DepartmentResponsible.version.desc())
    )
    named = {row.department_id: row for row in await session.scalars(newest)}
    rows = await session.scalars(
        select(Department).where(Department.jurisdiction_id.in_(jurisdiction_ids)).order_by(Department.code)
    )
    found: dict[UUID, list[DepartmentView]] = {}
    for row in rows:
        last = named.get(row.id)
        view = DepartmentView(
            row.id, row.jurisdiction_id, row.code, row.name, _responsible(last), last.version if last else 0
        )
        found.setdefault(row.jurisdiction_id, []).append(view)
    return found
