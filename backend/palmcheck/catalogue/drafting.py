"""Checklists being written: saved as they are, judged at any time, published as a version that never changes again."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.catalogue.checklist_drafts import draft_mistakes
from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.draft_types import ChecklistRow, DraftRow, DraftView, SaveDraft
from palmcheck.catalogue.events import ChecklistDraftDiscarded, ChecklistDraftSaved
from palmcheck.catalogue.models import ChecklistDraft, ChecklistVersion
from palmcheck.catalogue.problems import ChecklistUnknown, DraftFaulty, DraftPublished
from palmcheck.catalogue.service import publish_checklist
from palmcheck.jurisdictions.versions import require_version
from palmcheck.kernel.canonical import canonical_bytes, sha256_hex
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import InvalidRequest, NotFound
from palmcheck.kernel.unit_of_work import Tx


async def save_draft(tx: Tx, by: Actor, id: UUID, data: SaveDraft, if_match: str | None) -> ChecklistDraft:
    """Begins a draft, or saves one that the editor saw; a repeat writes nothing.

    Raises DraftPublished, VersionNeeded, ChangedMeanwhile.
    """
    sha256 = _kept_sha256(data.content)
    await tx.lock("checklist_draft", id)
    row = await tx.session.get(ChecklistDraft, (by.jurisdiction_id, id), populate_existing=True)
    if row is None:
        row = ChecklistDraft(jurisdiction_id=by.jurisdiction_id, id=id, version=1)
        tx.session.add(row)
    elif row.published_checklist_id is not None:
        raise DraftPublished
    elif (row.code, row.content) == (data.code, data.content):
        return row
    else:
        require_version(if_match, row.version)
        row.version += 1
    row.code, row.content, row.saved_at, row.author_name = data.code, data.content, tx.now, by.display_name
    await tx.session.flush()
    event = ChecklistDraftSaved(
        jurisdiction_id=by.jurisdiction_id,
        checklist_draft_id=id,
        code=row.code,
        version=row.version,
        content_sha256=sha256,
    )
    tx.record(by, event)
    return row


async def publish_draft(tx: Tx, by: Actor, id: UUID, if_match: str | None) -> UUID:
    """Publishes a draft as the next version of its code, and answers that version's id; a repeat answers the same.

    Raises NotFound, DraftFaulty, VersionNeeded, ChangedMeanwhile.
    """
    await tx.lock("checklist_draft", id)
    row = await _own(tx.session, by.jurisdiction_id, id)
    if row.published_checklist_id is not None:
        return row.published_checklist_id
    require_version(if_match, row.version)
    await tx.session.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(f"checklist/{by.jurisdiction_id}/{row.code}", 0)))
    )
    content = _numbered(row, await next_version(tx.session, by.jurisdiction_id, row.code))
    mistakes = draft_mistakes(content)
    if mistakes:
        raise DraftFaulty(field=mistakes[0].key or "content", count=len(mistakes))
    row.published_checklist_id = await publish_checklist(
        tx, by, by.jurisdiction_id, msgspec.convert(content, Checklist)
    )
    await tx.session.flush()
    return row.published_checklist_id


async def discard_draft(tx: Tx, by: Actor, id: UUID, if_match: str | None) -> None:
    """Throws a draft away; saving under the same id puts it back.

    Raises NotFound (also for a repeat), DraftPublished, VersionNeeded, ChangedMeanwhile.
    """
    await tx.lock("checklist_draft", id)
    row = await _own(tx.session, by.jurisdiction_id, id)
    if row.published_checklist_id is not None:
        raise DraftPublished
    require_version(if_match, row.version)
    await tx.session.delete(row)
    await tx.session.flush()
    event = ChecklistDraftDiscarded(
        jurisdiction_id=by.jurisdiction_id, checklist_draft_id=id, code=row.code, version=row.version
    )
    tx.record(by, event)


async def draft_view(session: AsyncSession, jurisdiction_id: UUID, id: UUID) -> DraftView:
    """A draft with its mistakes, each at its place. Raises NotFound."""
    row = await _own(session, jurisdiction_id, id)
    number = await next_version(session, jurisdiction_id, row.code)
    content = _numbered(row, number)
    return DraftView(_row(row), content, draft_mistakes(content), number)


async def list_drafts(session: AsyncSession, jurisdiction_id: UUID) -> Page[DraftRow]:
    """Drafts that are not published, last saved first; at most 200."""
    rows = await session.scalars(
        select(ChecklistDraft)
        .where(ChecklistDraft.jurisdiction_id == jurisdiction_id, ChecklistDraft.published_checklist_id.is_(None))
        .order_by(ChecklistDraft.saved_at.desc(), ChecklistDraft.id)
        .limit(200)
    )
    return Page([_row(row) for row in rows], None)


async def list_versions(
    session: AsyncSession, jurisdiction_id: UUID, code: str | None, cursor: str | None
) -> Page[ChecklistRow]:
    """Published versions: of one code all, newest first; else the newest of each code."""
    wanted = select(ChecklistVersion).where(ChecklistVersion.jurisdiction_id == jurisdiction_id)
    if code is not None:
        wanted = wanted.where(ChecklistVersion.code == code)
        if cursor is not None:
            wanted = wanted.where(ChecklistVersion.version < decode_cursor(cursor, str, int)[1])
        wanted = wanted.order_by(ChecklistVersion.version.desc())
    else:
        if cursor is not None:
            wanted = wanted.where(ChecklistVersion.code > decode_cursor(cursor, str, int)[0])
        wanted = wanted.distinct(ChecklistVersion.code)
        wanted = wanted.order_by(ChecklistVersion.code, ChecklistVersion.version.desc())
    rows = (await session.scalars(wanted.limit(PAGE + 1))).all()
    return page_of(rows, PAGE, _version_row, lambda row: (row.code, row.version))


async def next_version(session: AsyncSession, jurisdiction_id: UUID, code: str) -> int:
    """The number that the next version of a code gets."""
    newest = select(func.max(ChecklistVersion.version)).where(
        ChecklistVersion.jurisdiction_id == jurisdiction_id, ChecklistVersion.code == code
    )
    return (await session.scalar(newest) or 0) + 1


async def published(session: AsyncSession, jurisdiction_id: UUID, id: UUID) -> ChecklistVersion:
    """One published version. Raises ChecklistUnknown."""
    row = await session.get(ChecklistVersion, (jurisdiction_id, id))
    if row is None:
        raise ChecklistUnknown(field="id")
    return row


def _kept_sha256(content: dict[str, Any]) -> str:
    """The hash of what is kept. Raises InvalidRequest for what no database or canonical form takes."""
    try:
        kept = canonical_bytes(content)
    except ValueError as wrong:
        raise InvalidRequest(field="content", reason=str(wrong)) from wrong
    if b"\\u0000" in kept:
        raise InvalidRequest(field="content", reason="a zero character")
    return sha256_hex(kept)


def _numbered(row: ChecklistDraft, number: int) -> dict[str, Any]:
    """The draft as the form that it would be: schema, code and number are not the editor's to choose."""
    return {**row.content, "schema": "palmcheck/checklist/v1", "code": row.code, "version": number}


def _row(row: ChecklistDraft) -> DraftRow:
    return DraftRow(
        row.id, row.code, _title(row.content), row.version, row.saved_at, row.author_name, row.published_checklist_id
    )


def _version_row(row: ChecklistVersion) -> ChecklistRow:
    asked = sum(len(section["questions"]) for section in row.content["sections"])
    return ChecklistRow(row.id, row.code, row.version, _title(row.content), asked, row.published_at)


def _title(content: dict[str, Any]) -> dict[str, str]:
    title = content.get("title")
    return {key: value for key, value in title.items() if isinstance(value, str)} if isinstance(title, dict) else {}


async def _own(session: AsyncSession, jurisdiction_id: UUID, id: UUID) -> ChecklistDraft:
    row = await session.get(ChecklistDraft, (jurisdiction_id, id), populate_existing=True)
    if row is None:
        raise NotFound(field="id")
    return row
