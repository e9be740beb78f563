"""Secrets that all processes of one installation share, made once and kept in the database."""

import secrets

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base


class ServerSecret(Base):
    """32 random bytes for one purpose."""

    __tablename__ = "server_secret"

    purpose: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes]


async def server_secret(engine: AsyncEngine, purpose: str) -> bytes:
    """The secret of a purpose; the first process that asks makes it."""
    async with engine.begin() as connection:
        await connection.execute(
            text("insert into server_secret values (:purpose, :value) on conflict do nothing"),
            {"purpose": purpose, "value": secrets.token_bytes(32)},
        )
        value: bytes = (
            await connection.execute(text("select value from server_secret where purpose = :p"), {"p": purpose})
        ).scalar_one()
        return value
