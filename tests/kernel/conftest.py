"""A database with one reaction and no worker, for what happens inside one transaction."""

from collections.abc import AsyncIterator

import pytest

from palmcheck.kernel.database import open_engine
from palmcheck.kernel.unit_of_work import Database
from tests.kernel.happenings import following, nothing


@pytest.fixture
async def bare(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database."""
    engine = open_engine(database_url, pool_size=20)
    yield Database(engine, [following(nothing)])
    await engine.dispose()
