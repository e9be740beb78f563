"""What a lead writes to officers: to all who go on his visits, to some of them, or to his own department's."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts import reads as accounts
from palmcheck.accounts.actor import Actor
from palmcheck.accounts.scope import in_reach, reaches
from palmcheck.inspections import reads as inspections
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.notifications.events import MessageSent
from palmcheck.notifications.models import OfficerMessage
from palmcheck.notifications.problems import InspectorNotYours, NobodyNamed, NotGoing, NotLeadOfVisit
from palmcheck.notifications.recipients import accounts_of_inspectors
from palmcheck.notifications.telling import tell
from palmcheck.notifications.types import MessageView, NewMessage, News
from palmcheck.notifications.visits import Visit, visits
from palmcheck.registry import service as registry

SEND = "message.send"


async def send_message(tx: Tx, by: Actor, id: UUID, data: NewMessage) -> MessageView:
    """Writes to officers; it is in their inboxes when this ends. A repeat answers the same message.

    Raises NotFound, NotLeadOfVisit, NotGoing, InspectorNotYours, NobodyNamed, IdReuse.
    """
    sent = digest(msgspec.to_builtins(data))
    await tx.lock("officer_message", id)
    known = await tx.session.get(OfficerMessage, (by.jurisdiction_id, id))
    if known is not None:
        if known.request_sha256 != sent or known.account_id != by.account_id:
            raise IdReuse(field="id")
        return _view(known, by.display_name)
    about = await _own_visits(tx, by, data.inspection_ids)
    officers = await _officers(tx, by, about, data.inspector_ids)
    people = await accounts_of_inspectors(tx.session, by.jurisdiction_id, officers)
    row = OfficerMessage(
        jurisdiction_id=by.jurisdiction_id,
        id=id,
        account_id=by.account_id,
        inspection_ids=[each.inspection_id for each in about],
        inspector_ids=officers,
        reached=len(people),
        words=data.words,
        sent_at=tx.now,
        request_sha256=sent,
    )
    tx.session.add(row)
    await tx.session.flush()
    tx.record(
        by,
        MessageSent(
            jurisdiction_id=by.jurisdiction_id,
            message_id=id,
            inspection_ids=row.inspection_ids,
            inspector_ids=officers,
        ),
    )
    news = {account_id: _news(by, row, about, inspector_id) for inspector_id, account_id in people.items()}
    await tell(tx, by.jurisdiction_id, "message", f"message/{id}", news, by)
    return _view(row, by.display_name)


async def messages_about(session: AsyncSession, actor: Actor, inspection_id: UUID) -> list[MessageView]:
    """What the officers of one visit were told, the newest first. Raises NotFound."""
    parts, people = inspections.part_rows.subquery(), accounts.account_rows.subquery()
    home = await session.scalar(
        select(parts.c.jurisdiction_id)
        .where(
            parts.c.inspection_id == inspection_id,
            in_reach(actor, "inspection.read", parts.c.jurisdiction_id, parts.c.department_id),
        )
        .limit(1)
    )
    if home is None:
        raise NotFound(field="inspection_id")
    rows = await session.execute(
        select(OfficerMessage, people.c.display_name)
        .join(
            people,
            (people.c.jurisdiction_id == OfficerMessage.jurisdiction_id) & (people.c.id == OfficerMessage.account_id),
        )
        .where(OfficerMessage.jurisdiction_id == home, OfficerMessage.inspection_ids.contains([inspection_id]))
        .order_by(OfficerMessage.sent_at.desc(), OfficerMessage.id.desc())
    )
    return [_view(row, name) for row, name in rows]


async def _own_visits(tx: Tx, by: Actor, ids: Sequence[UUID]) -> list[Visit]:
    """The visits, all of which the caller's department leads. Raises NotFound, NotLeadOfVisit."""
    found = await visits(tx.session, by.jurisdiction_id, set(ids))
    if len(found) < len(set(ids)):
        raise NotFound(field="inspection_ids")
    if not all(reaches(by, SEND, by.jurisdiction_id, {each.lead_department_id}) for each in found):
        raise NotLeadOfVisit(field="inspection_ids")
    return found


async def _officers(tx: Tx, by: Actor, about: Sequence[Visit], named: Sequence[UUID] | None) -> list[UUID]:
    """Whom the message is for, sorted. Raises NotGoing, InspectorNotYours, NobodyNamed."""
    going = frozenset().union(*(each.inspector_ids for each in about))
    wanted = going if named is None else frozenset(named)
    if not wanted:
        raise NobodyNamed(field="inspector_ids" if about else "inspection_ids")
    if about and not wanted <= going:
        raise NotGoing(field="inspector_ids")
    if not about and not await _are_own(tx, by, wanted):
        raise InspectorNotYours(field="inspector_ids")
    return sorted(wanted)


async def _are_own(tx: Tx, by: Actor, wanted: Iterable[UUID]) -> bool:
    people = await registry.inspectors(tx.session, by.jurisdiction_id, wanted)
    return set(people) == set(wanted) and all(
        reaches(by, SEND, by.jurisdiction_id, {each.department_id}) for each in people.values()
    )


def _news(by: Actor, row: OfficerMessage, about: Sequence[Visit], inspector_id: UUID) -> News:
    """As one officer reads it: about the visits that he goes on himself."""
    own = [each for each in about if inspector_id in each.inspector_ids]
    values: dict[str, str | int] = {"words": row.words, "from": by.display_name, "count": len(own)}
    if not own:
        return News("nothing", row.id, values)
    first = own[0]
    if len(own) > 1:
        return News("inspections", first.plan_task_id, values | {"task": first.task_name})
    return News("inspection", first.inspection_id, values | {"target": first.target_name})


def _view(row: OfficerMessage, sent_by: str) -> MessageView:
    return MessageView(row.id, row.words, sent_by, row.sent_at, len(row.inspector_ids), row.reached)
