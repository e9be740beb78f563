"""An inspector with a code that is not used yet."""

import pytest

from palmcheck.demonstration.county import DemoAccount
from tests.world.county import World


@pytest.fixture
def inspector(world: World) -> DemoAccount:
    """The first inspector's login."""
    return world.login("inspector")
