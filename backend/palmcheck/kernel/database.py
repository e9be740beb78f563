"""The engine and what all tables share. One engine: PostgreSQL 18."""

from collections.abc import Sequence
from datetime import date, datetime
from time import monotonic
from typing import Any
from uuid import UUID

from sqlalchemy import Date, MetaData, Text, Uuid, event, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase

QUIET_SECONDS = 5
"""A connection that lay in the pool for longer is asked whether it is there."""
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every table; every row of a jurisdiction carries `jurisdiction_id` first in its key."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own declaration
        UUID: Uuid(),
        str: Text(),
        datetime: TIMESTAMP(timezone=True),
        date: Date(),
        dict[str, Any]: JSONB(),
        list[Any]: JSONB(),
        list[str]: ARRAY(Text()),
    }


def driver_url(url: str) -> str:
    """The URL with SQLAlchemy's asyncpg driver named, whatever was given."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+asyncpg://" + url.removeprefix(prefix)
    return url


def plain_url(url: str) -> str:
    """The same URL for a bare asyncpg connection."""
    return url.replace("postgresql+asyncpg://", "postgresql://")


def open_engine(url: str, pool_size: int = 10) -> AsyncEngine:
    """The engine. A lost connection is noticed when it is taken from the pool: it would cost one request an error."""
    engine = create_async_engine(driver_url(url), pool_size=pool_size, max_overflow=pool_size)
    pool, dialect = engine.sync_engine, engine.sync_engine.dialect

    @event.listens_for(pool, "checkin")
    def note_return(_: Any, record: Any) -> None:
        record.info["returned"] = monotonic()

    @event.listens_for(pool, "checkout")
    def look_alive(connection: Any, record: Any, _: Any) -> None:
        """Raises DisconnectionError, upon which the pool opens another.

        A server that goes says so at once, and the driver has heard it. One that vanished without a word is asked,
        if nobody has spoken to it for a while: `pool_pre_ping` asks at every turn, which takes three trips.
        """
        if connection.driver_connection.is_closed():
            raise DisconnectionError
        if monotonic() - record.info.get("returned", 0) > QUIET_SECONDS:
            try:
                dialect.do_ping(connection)
            except (dialect.loaded_dbapi.Error, DBAPIError) as gone:
                raise DisconnectionError from gone

    return engine


async def hot_rows(session: AsyncSession, sql: str, *values: Any) -> Sequence[Any]:
    """Rows of a statement in the driver's own SQL ($1, $2 ...), inside the session's transaction; for hot paths.

    The session's pending writes are not flushed before it. JSON goes in as text, and comes out read.
    """
    result = await (await session.connection()).exec_driver_sql(sql, values)
    return result.all() if result.returns_rows else ()


async def plan_each_anew(session: AsyncSession) -> None:
    """Until the transaction ends, each statement is planned for its own values."""
    await session.execute(text("select set_config('plan_cache_mode', 'force_custom_plan', true)"))
