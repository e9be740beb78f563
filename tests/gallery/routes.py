"""The routes that the apps have, read where they are written: a screen without a picture is found by its name."""

import re
from dataclasses import replace
from pathlib import Path

from litestar.routes import HTTPRoute

from palmcheck.app import create_app
from palmcheck.settings import from_environment

PWA = Path(__file__).parents[2] / "pwa" / "src"
ROUTE = re.compile(r"\{ path: '([^']+)', name: '([^']+)'")
NOWHERE = "postgresql+asyncpg://nobody@localhost/nothing"
PAGES = ("palmcheck.public.", "palmcheck.metrics.public_page")
NO_PAGES = {
    "/public/style.css",
    "/items.xlsx",
    "/p/{code:str}/pdf",
    "/feed.atom",
    "/records/{id:str}/photos/{photo:str}",
}


def app_routes(app: str) -> dict[str, str]:
    """Name to path of `field` or `console`, without the catch-all."""
    source = (PWA / app / "router.ts").read_text("utf-8")
    found = {name: path for path, name in ROUTE.findall(source)}
    written = sum(line.strip().startswith("{ path:") for line in source.splitlines())
    redirects = source.count("redirect:")
    assert len(found) == written - redirects, f"{app}/router.ts has a route that is written in another way"
    return found


def public_routes() -> set[str]:
    """The addresses of the server's own pages, as the composed app has them."""
    app = create_app(replace(from_environment(), database_url=NOWHERE))
    handlers = [
        (route.path, each) for route in app.routes if isinstance(route, HTTPRoute) for each in route.route_handlers
    ]
    of_ours = {path for path, each in handlers if each.fn.__module__.startswith(PAGES)}
    return {path for path in of_ours if not path.startswith("/api/")} - NO_PAGES
