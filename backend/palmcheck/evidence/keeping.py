"""How long bytes are kept that no result stands on: incomplete uploads some days, photos that nobody names some months.

A photo that a submission names is evidence and stays (R15).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, exists, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.evidence import service
from palmcheck.evidence.models import PhotoFacts, Upload
from palmcheck.evidence.service import object_key
from palmcheck.evidence.thumbnails import thumbnail_key
from palmcheck.evidence.types import Ended
from palmcheck.evidence.upload_locks import lock_key
from palmcheck.inspections import reads as inspections
from palmcheck.inspections import service as inspection_verbs
from palmcheck.jurisdictions import reads as jurisdictions
from palmcheck.jurisdictions import service as jurisdiction_verbs
from palmcheck.jurisdictions.settings import ORPHAN_DAYS
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.unit_of_work import Database, Tx

KEEPER = SystemActor("evidence.keeping")
AT_A_TIME = 200
_TRY_LOCK = text("select pg_try_advisory_xact_lock(:key)")


def expired_uploads(at: datetime) -> Select[Upload]:
    """Incomplete uploads whose time is over."""
    return select(Upload).where(Upload.state == "receiving", Upload.expires_at <= at)


def orphans(jurisdiction_id: UUID, before: datetime) -> Select[Upload]:
    """Photos that were complete before an instant and that no submission names, also none in dispute."""
    named = inspections.photo_rows.subquery()
    is_named = exists().where(named.c.jurisdiction_id == Upload.jurisdiction_id, named.c.photo_id == Upload.id)
    return select(Upload).where(
        Upload.jurisdiction_id == jurisdiction_id,
        Upload.state == "complete",
        Upload.completed_at <= before,
        ~is_named,
    )


async def expire_uploads(database: Database, at: datetime) -> None:
    """Gives up incomplete uploads whose time is over, and deletes what came of them."""
    async with database.reading() as session:
        found = (await session.scalars(expired_uploads(at).limit(AT_A_TIME))).all()
    await _give_up(database, at, found, "expired")


async def remove_orphans(database: Database, at: datetime) -> None:
    """Deletes photos that no submission has named for the days that the jurisdiction sets."""
    async with database.reading() as session:
        places = jurisdictions.jurisdiction_rows.subquery()
        for jurisdiction_id in (await session.scalars(select(places.c.id))).all():
            since = at - timedelta(days=await jurisdiction_verbs.setting(session, jurisdiction_id, ORPHAN_DAYS))
            found = (await session.scalars(orphans(jurisdiction_id, since).limit(AT_A_TIME))).all()
            await _give_up(database, at, found, "orphan")


async def _give_up(database: Database, at: datetime, uploads: Sequence[Upload], because: Ended) -> None:
    """Each in a transaction of its own; one that somebody writes to or names meanwhile is left alone."""
    for upload in uploads:
        async with database.unit_of_work(at) as tx:
            if await _still(tx, upload, at, because):
                await tx.session.execute(
                    delete(PhotoFacts).where(
                        PhotoFacts.jurisdiction_id == upload.jurisdiction_id, PhotoFacts.id == upload.id
                    )
                )
                await service.terminate_upload(tx, KEEPER, upload, because)
                await tx.store.delete(object_key(upload))
                await tx.store.delete(thumbnail_key(upload.jurisdiction_id, upload.id))


async def _still(tx: Tx, upload: Upload, at: datetime, because: Ended) -> bool:
    if not await tx.session.scalar(_TRY_LOCK, {"key": lock_key(upload.jurisdiction_id, upload.id)}):
        return False
    if because == "orphan":  # whoever submits holds the part's row
        await inspection_verbs.lock_part(tx, upload.jurisdiction_id, upload.part_id)
        return await _found(tx.session, orphans(upload.jurisdiction_id, at), upload)
    return await _found(tx.session, expired_uploads(at), upload)


async def _found(session: AsyncSession, wanted: Select[Any], upload: Upload) -> bool:
    again = wanted.where(Upload.jurisdiction_id == upload.jurisdiction_id, Upload.id == upload.id)
    return (await session.execute(again)).first() is not None
