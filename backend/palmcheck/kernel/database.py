"""The engine and what all tables share. One engine: PostgreSQL 18."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, MetaData, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import DeclarativeBase

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
    """The engine; `pool_pre_ping`, because each lost backend would cost one request an error otherwise."""
    return create_async_engine(driver_url(url), pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True)
