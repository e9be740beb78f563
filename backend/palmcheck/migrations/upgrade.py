"""Bringing a database up to date."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from palmcheck.kernel.database import driver_url

FOLDER = Path(__file__).parent


def alembic_config() -> Config:
    """Alembic's configuration without a file: the scripts live in this package."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def head() -> str:
    """The newest revision."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    assert newest is not None
    return newest


async def migrate(url: str, *, app_role: str | None = None, to: str = "head") -> None:
    """Upgrades the database behind `url`, whose role owns the tables; `app_role` gets the rights to work with them.

    One process migrates at a time: the others wait at an advisory lock.
    """
    engine = create_async_engine(driver_url(url))
    try:
        async with engine.connect() as connection:
            await connection.execute(text("select pg_advisory_lock(7256, 2)"))
            await connection.commit()
            await connection.run_sync(_upgrade, to)
            await connection.commit()
            if app_role is not None:
                await connection.execute(text(f"select grant_to_app({_literal(app_role)})"))
                await connection.commit()
            await connection.execute(text("select pg_advisory_unlock(7256, 2)"))
            await connection.commit()
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, to: str) -> None:
    config = alembic_config()
    attributes: dict[str, Any] = config.attributes
    attributes["connection"] = connection
    command.upgrade(config, to)


def _literal(role: str) -> str:
    if not role.replace("_", "").isalnum():
        raise ValueError(f"not a role's name: {role!r}")
    return f"'{role}'"
