"""An inspector with a code that is not used yet, and a city with two counties."""

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar

from palmcheck.demonstration.county import DemoAccount
from palmcheck.kernel.unit_of_work import Database
from tests.accounts.people import Region, found_region
from tests.world.county import World


@pytest.fixture
def inspector(world: World) -> DemoAccount:
    """The first inspector's login."""
    return world.login("inspector")


@pytest.fixture
async def region(app: Litestar, database: Database) -> AsyncIterator[Region]:
    """A city with two counties; nobody lives there yet."""
    region = await found_region(app, database)
    yield region
    await region.close()
