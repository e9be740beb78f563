"""What waits for a second person: withholdings, corrections and photos that somebody proposed."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.publication.models import Publication, PublicPhoto, RecordCorrection, WithholdingProposal
from palmcheck.publication.types import PhotoView, RecordCorrectionView, Undecided

KINDS: dict[Undecided, type[WithholdingProposal] | type[RecordCorrection] | type[PublicPhoto]] = {
    "withholding": WithholdingProposal,
    "correction": RecordCorrection,
    "photo": PublicPhoto,
}


def waits_for_second_person() -> ColumnElement[bool]:
    """Of publications: something was proposed and nobody has decided it."""
    return exists().where(_open_of(WithholdingProposal)) | (
        exists().where(_open_of(RecordCorrection)) | exists().where(_open_of(PublicPhoto))
    )


def _open_of(model: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (
        (model.jurisdiction_id == Publication.jurisdiction_id)
        & (model.part_id == Publication.part_id)
        & model.verdict.is_(None)
    )
    return found


async def undecided_of(session: AsyncSession, place: UUID, part_ids: Collection[UUID]) -> dict[UUID, list[Undecided]]:
    """Of each part what waits for a second person."""
    found: dict[UUID, list[Undecided]] = {id: [] for id in part_ids}
    for kind, model in KINDS.items():
        waiting = select(model.part_id).where(
            model.jurisdiction_id == place, model.part_id.in_(list(part_ids)), model.verdict.is_(None)
        )
        for id in await session.scalars(waiting.distinct()):
            found[id].append(kind)
    return found


async def corrections_of(session: AsyncSession, actor: Actor, place: UUID, part_id: UUID) -> list[RecordCorrectionView]:
    """Every correction that was proposed of a part, the oldest first."""
    rows = await session.scalars(
        select(RecordCorrection)
        .where(RecordCorrection.jurisdiction_id == place, RecordCorrection.part_id == part_id)
        .order_by(RecordCorrection.proposed_at)
    )
    return [correction_view(row, actor) for row in rows]


async def photos_of(session: AsyncSession, actor: Actor, place: UUID, part_id: UUID) -> list[PhotoView]:
    """Every copy that was made of a part's photos, the oldest first."""
    rows: Sequence[PublicPhoto] = (
        await session.scalars(
            select(PublicPhoto)
            .where(PublicPhoto.jurisdiction_id == place, PublicPhoto.part_id == part_id)
            .order_by(PublicPhoto.id)
        )
    ).all()
    return [photo_view(row, actor) for row in rows]


def correction_view(row: RecordCorrection, actor: Actor) -> RecordCorrectionView:
    """One correction as it goes out."""
    return msgspec.convert(_fields(row, RecordCorrectionView, actor), RecordCorrectionView)


def photo_view(row: PublicPhoto, actor: Actor) -> PhotoView:
    """One copy as it goes out."""
    return msgspec.convert(_fields(row, PhotoView, actor), PhotoView)


def _fields(
    row: RecordCorrection | PublicPhoto, view: type[RecordCorrectionView] | type[PhotoView], actor: Actor
) -> Any:
    plain = {name: getattr(row, name) for name in view.__struct_fields__ if name != "mine"}
    return plain | {"mine": row.proposed_by == actor.account_id}
