"""Photos of a result that go public: on a blurred copy, and only when a second person has looked at it (R18)."""

import hashlib
from collections.abc import AsyncIterator
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.scope import in_reach
from palmcheck.evidence import public_copies
from palmcheck.evidence.blurring import Place
from palmcheck.inspections import reads as inspections
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.publication.events import PhotoDecided, PhotoProposed, RecordWithdrawn
from palmcheck.publication.models import PublicPhoto
from palmcheck.publication.problems import NotCorrectable, PhotoNotOfResult, TooManyPublicPhotos
from palmcheck.publication.seconding import is_settled, proposal_of
from palmcheck.publication.standing import department_of, publication
from palmcheck.publication.types import ProposePhoto, SecondWord

MOST = 9
"""Photos of one record that are public or wait for it."""
CLOSED = frozenset({"withheld", "withdrawn", "expected"})


async def propose_photo(tx: Tx, by: Actor, id: UUID, data: ProposePhoto) -> PublicPhoto:
    """Makes a copy of one of the result's photos, blurred at the named places; it waits for a second person.

    A repeat changes nothing. Raises NotFound, NotYours, IdReuse, NotCorrectable, PhotoNotOfResult,
    TooManyPublicPhotos.
    """
    sent = digest(msgspec.to_builtins(data))
    await department_of(tx, by, data.part_id, "publication.handle")
    await tx.lock("publication", data.part_id)
    known = await tx.session.get(PublicPhoto, (by.jurisdiction_id, id))
    if known is not None:
        if known.request_sha256 != sent:
            raise IdReuse(field="id")
        return known
    row = await publication(tx, by.jurisdiction_id, data.part_id)
    if row.stage in CLOSED:
        raise NotCorrectable(field="part_id", rule="R10")
    if data.photo_id not in await photos_of_result(tx.session, by.jurisdiction_id, data.part_id):
        raise PhotoNotOfResult(field="photo_id", rule="R18")
    if await _count(tx, by.jurisdiction_id, data.part_id) >= MOST:
        raise TooManyPublicPhotos(field="part_id", most=MOST)
    places = [Place(each.left, each.top, each.width, each.height) for each in data.places]
    copy = await public_copies.make_copy(tx.session, tx.store, by.jurisdiction_id, data.photo_id, places)
    await public_copies.keep_copy(tx.store, by.jurisdiction_id, id, copy)
    sha256 = hashlib.sha256(copy.content).hexdigest()
    photo = PublicPhoto(
        jurisdiction_id=by.jurisdiction_id,
        id=id,
        part_id=data.part_id,
        record_id=row.record_id,
        photo_id=data.photo_id,
        places=msgspec.to_builtins(places),
        sha256=sha256,
        length=len(copy.content),
        width=copy.width,
        height=copy.height,
        proposed_by=by.account_id,
        proposed_at=tx.now,
        request_sha256=sent,
    )
    tx.session.add(photo)
    proposed = PhotoProposed(
        jurisdiction_id=by.jurisdiction_id,
        part_id=data.part_id,
        public_photo_id=id,
        photo_id=data.photo_id,
        copy_sha256=sha256,
    )
    tx.record(by, proposed)
    return photo


async def decide_photo(tx: Tx, by: Actor, id: UUID, data: SecondWord) -> PublicPhoto:
    """Releases a copy that somebody else made, or refuses it; a repeat changes nothing.

    Raises NotFound, NotYours, SecondPerson, ProposalDecided.
    """
    photo = await proposal_of(tx, by, PublicPhoto, id, "publication.confirm")
    return await _settle(tx, by, photo, data.verdict, data.because)


async def remove_photo(tx: Tx, by: Actor, id: UUID) -> PublicPhoto:
    """Takes back a copy, or takes one out of public: no law asks for a photo, so one person may.

    A repeat changes nothing. Raises NotFound, NotYours, ProposalDecided.
    """
    photo = await proposal_of(tx, by, PublicPhoto, id, "publication.handle")
    if photo.verdict == "confirmed":
        photo.verdict, photo.decided_at = "removed", tx.now
        _record(tx, by, photo, "removed", "")
        return photo
    return photo if photo.verdict == "removed" else await _settle(tx, by, photo, "taken_back", "")


async def copy_to_look_at(session: AsyncSession, store: ObjectStore, by: Actor, id: UUID) -> AsyncIterator[bytes]:
    """A copy's bytes, for whoever may read the publication. Raises NotFound, also once it is gone."""
    parts = inspections.part_rows.subquery()
    row = await session.scalar(
        select(PublicPhoto)
        .join(parts, (parts.c.jurisdiction_id == PublicPhoto.jurisdiction_id) & (parts.c.id == PublicPhoto.part_id))
        .where(
            PublicPhoto.id == id,
            PublicPhoto.verdict.is_(None) | (PublicPhoto.verdict == "confirmed"),
            in_reach(by, "publication.read", PublicPhoto.jurisdiction_id, parts.c.department_id),
        )
    )
    if row is None:
        raise NotFound(field="id")
    return await public_copies.read_copy(store, row.jurisdiction_id, row.id)


async def remove_copies(tx: Tx, event: RecordWithdrawn) -> None:
    """The copies of a withdrawn record are deleted: nothing of it is left but its tombstone (R10)."""
    of_part = (PublicPhoto.jurisdiction_id == event.jurisdiction_id) & (PublicPhoto.part_id == event.part_id)
    for id in await tx.session.scalars(select(PublicPhoto.id).where(of_part)):
        await public_copies.remove_copy(tx.store, event.jurisdiction_id, id)


async def remove_copy_of(tx: Tx, event: PhotoDecided) -> None:
    """A copy that is not public, and will not be, is deleted."""
    photo = await tx.session.get(PublicPhoto, (event.jurisdiction_id, event.public_photo_id))
    if photo is not None and photo.verdict not in {None, "confirmed"}:
        await public_copies.remove_copy(tx.store, event.jurisdiction_id, photo.id)


async def photos_of_result(session: AsyncSession, jurisdiction_id: UUID, part_id: UUID) -> list[UUID]:
    """The photos that a part's standing result names and that are in."""
    photos, parts = inspections.photo_rows.subquery(), inspections.part_rows.subquery()
    found = await session.scalars(
        select(photos.c.photo_id)
        .join(
            parts,
            (parts.c.jurisdiction_id == photos.c.jurisdiction_id) & (parts.c.submission_id == photos.c.submission_id),
        )
        .where(parts.c.jurisdiction_id == jurisdiction_id, parts.c.id == part_id, photos.c.arrived_at.is_not(None))
        .order_by(photos.c.photo_id)
    )
    return list(found)


async def _count(tx: Tx, jurisdiction_id: UUID, part_id: UUID) -> int:
    held = select(func.count()).where(
        PublicPhoto.jurisdiction_id == jurisdiction_id,
        PublicPhoto.part_id == part_id,
        PublicPhoto.verdict.is_(None) | (PublicPhoto.verdict == "confirmed"),
    )
    return await tx.session.scalar(held) or 0


async def _settle(tx: Tx, by: Actor, photo: PublicPhoto, verdict: str, because: str) -> PublicPhoto:
    if is_settled(tx, by, photo, verdict, because):
        _record(tx, by, photo, verdict, because)
    return photo


def _record(tx: Tx, by: Actor, photo: PublicPhoto, verdict: str, because: str) -> None:
    decided = PhotoDecided(
        jurisdiction_id=by.jurisdiction_id,
        part_id=photo.part_id,
        public_photo_id=photo.id,
        verdict=verdict,
        because=because,
    )
    tx.record(by, decided)
