"""What changed since a listener last heard: read from the trail, told as topics, never as rows."""

import logging
from collections.abc import AsyncIterator, Mapping
from uuid import UUID

import msgspec
from sqlalchemy import Select, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import permissions_at_hand
from palmcheck.accounts.scope import reads_down
from palmcheck.accounts.sessions import actor_behind
from palmcheck.jurisdictions.reads import levels_below
from palmcheck.kernel.trail import AuditEvent
from palmcheck.notifications.live_topics import OWN_EVENTS, all_topics, topics_of
from palmcheck.notifications.trail_heads import TrailHeads, read_heads
from palmcheck.notifications.types import LiveNews

log = logging.getLogger(__name__)
HEARTBEAT_SECONDS = 15
"""So often something is sent even when nothing changed: whoever is between does not take the stream for dead."""
RETRY_MS = 2000
READ_AT_MOST = 2000
"""Whoever missed more events is told that everything may have changed."""
Numbers = Mapping[UUID, int]


async def news_since(engine: AsyncEngine, actor: Actor, after: int | None) -> LiveNews:
    """Where the trails stand, and what changed since a position; nothing where none is given."""
    _, _, news = await _begin(engine, actor, after)
    return news


async def follow(
    engine: AsyncEngine, heads: TrailHeads, actor: Actor, token: str, after: int | None
) -> AsyncIterator[bytes]:
    """A stream of server-sent events until the session, the process or the listener ends.

    Its ids are positions, so that whoever comes back with the last one, to this process or another, is told what he
    missed. The session is looked up anew each time: rights that were taken end here too.
    """
    try:
        places, seen, news = await _begin(engine, actor, after)
        with heads.following(places):
            yield f"retry: {RETRY_MS}\n".encode() + _event(news)
            while True:
                await heads.news(HEARTBEAT_SECONDS)
                listener = None if heads.over else await actor_behind(engine, token)
                if listener is None:
                    return
                now = await read_heads(engine, places)
                if now == seen:
                    yield b":\n\n"
                    continue
                topics = await _topics(engine, listener, seen, now)
                seen = now
                yield _event(LiveNews(sum(now.values()), topics))
    except (OSError, SQLAlchemyError) as failure:
        log.warning("a stream ends early; its listener comes back", exc_info=failure)


async def _begin(engine: AsyncEngine, actor: Actor, after: int | None) -> tuple[list[UUID], Numbers, LiveNews]:
    places = await _places(engine, actor)
    now = await read_heads(engine, places)
    position = sum(now.values())
    if after is None or after == position:
        return places, now, LiveNews(position, [])
    if len(places) == 1 and after < position:
        return places, now, LiveNews(position, await _topics(engine, actor, {places[0]: after}, now))
    # Of several trails only the sum is known; a position from the future is of a database from before a restore.
    return places, now, LiveNews(position, all_topics(permissions_at_hand(actor)))


async def _places(engine: AsyncEngine, actor: Actor) -> list[UUID]:
    """Whose trails he follows: his own jurisdiction's, and those below if he reads down."""
    if not reads_down(actor, "inspection.read"):
        return [actor.jurisdiction_id]
    async with engine.connect() as connection:
        return list(await connection.scalars(levels_below(actor.jurisdiction_id)))


async def _topics(engine: AsyncEngine, actor: Actor, seen: Numbers, now: Numbers) -> list[str]:
    permissions = permissions_at_hand(actor)
    grown = {place: number for place, number in now.items() if number > seen.get(place, 0)}
    if sum(number - seen.get(place, 0) for place, number in grown.items()) > READ_AT_MOST:
        return all_topics(permissions)
    names: set[str] = set()
    async with engine.connect() as connection:
        for place, number in grown.items():
            names.update(await connection.scalars(_names(actor, place, seen.get(place, 0), number)))
    return topics_of(names, permissions)


def _names(actor: Actor, place: UUID, after: int, until: int) -> Select[str]:
    """Names of events; those about one account's inbox only where it is the listener's."""
    me = str(actor.account_id)
    mine = AuditEvent.payload.contains({"account_ids": [me]}) | AuditEvent.payload.contains({"account_id": me})
    return (
        select(AuditEvent.name)
        .where(AuditEvent.jurisdiction_id == place, AuditEvent.number > after, AuditEvent.number <= until)
        .where(or_(AuditEvent.name.not_in(OWN_EVENTS), mine))
        .distinct()
    )


def _event(news: LiveNews) -> bytes:
    data = msgspec.json.encode(news.topics).decode()
    return f"id: {news.position}\nevent: changed\ndata: {data}\n\n".encode()


def position_of(last_event_id: str | None, after: int | None) -> int | None:
    """Where a listener stands: what the browser says after a cut counts before what the address says."""
    if last_event_id is not None and last_event_id.isascii() and last_event_id.isdigit():
        return int(last_event_id[:18])
    return after
