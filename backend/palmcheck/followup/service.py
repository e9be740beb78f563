"""Reading of the slice."""

from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.followup.models import FollowUp
from palmcheck.followup.types import FollowUpView
from palmcheck.inspections import views as inspections


async def follow_ups_of(session: AsyncSession, actor: Actor, inspection_id: UUID) -> list[FollowUpView]:
    """What is done about the problems of an inspection, void ones left out. Raises NotFound as the inspection does."""
    jurisdiction_id = await inspections.jurisdiction_of(session, actor, inspection_id)
    rows = await session.scalars(
        select(FollowUp)
        .where(
            FollowUp.jurisdiction_id == jurisdiction_id,
            FollowUp.inspection_id == inspection_id,
            FollowUp.state != "void",
        )
        .order_by(FollowUp.part_id, FollowUp.id)
    )
    return [view(row) for row in rows]


def view(row: FollowUp) -> FollowUpView:
    """One follow-up as it goes out."""
    return msgspec.convert({name: getattr(row, name) for name in FollowUpView.__struct_fields__}, FollowUpView)
