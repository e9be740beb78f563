"""Every route has its picture: a new one without fails here, long before anybody walks."""

import pytest

from tests.gallery.routes import app_routes, public_routes
from tests.gallery.screens import CONSOLE, FIELD, PUBLIC, SCREENS, Screen


@pytest.mark.parametrize(("app", "screens"), [("console", CONSOLE), ("field", FIELD)])
def test_every_route_of_the_apps_is_walked(app: str, screens: tuple[Screen, ...]) -> None:
    assert {each.route for each in screens} == app_routes(app).keys()


def test_every_public_page_is_walked() -> None:
    assert {each.route for each in PUBLIC} == public_routes()


def test_no_two_pictures_have_one_name() -> None:
    titles = [each.title for each in SCREENS]
    assert len(set(titles)) == len(titles)
