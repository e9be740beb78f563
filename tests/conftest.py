"""Fixtures: a real PostgreSQL for the session, a fresh database a test, the app with its worker, and a world.

- `postgres`: the embedded server with a migrated template database, once a session.
- `county`: the logins of a second template that has the demonstration county in it, once a session.
- `database_url`: a new database, copied from the template with the county if the test asks for `world`.
- `app`, `client`: the composed app with its worker running, and an HTTP client that is nobody.
- `world`: the demonstration county behind `client`; people act through the API (tests/world).
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import asyncpg
import httpx
import pytest
from litestar import Litestar

from palmcheck.app import REACTIONS, create_app
from palmcheck.demonstration.county import DemoAccount
from palmcheck.demonstration.loading import load_demonstration
from palmcheck.kernel import embedded_postgres
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.embedded_postgres import APP, OWNER, EmbeddedPostgres
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from palmcheck.migrations.upgrade import migrate
from palmcheck.settings import from_environment
from tests.world.county import World, client_of

TEMPLATE, COUNTY = "palmcheck", "palmcheck_county"
_AT_REST: list[Litestar] = []
"""Apps that no test uses now: to put one together takes half a second, to start it again nothing."""


@pytest.fixture(scope="session")
async def postgres(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedPostgres]:
    """The server; its database `palmcheck` is migrated and serves as the template."""
    server = embedded_postgres.start(tmp_path_factory.mktemp("postgres"), durable=False)
    try:
        await embedded_postgres.ensure_roles(server)
        await migrate(server.url(OWNER), app_role=APP)
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
async def county(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> list[DemoAccount]:
    """Loads the county into a template of its own; argon2 is slow, so not in each test."""
    async with administering(postgres) as admin:
        await admin.execute(f"create database {COUNTY} template {TEMPLATE} owner {OWNER}")
    engine = open_engine(postgres.url(APP, COUNTY))
    logins = await load_demonstration(Database(engine, REACTIONS), tmp_path_factory.mktemp("county"))
    await engine.dispose()
    return logins


@asynccontextmanager
async def administering(postgres: EmbeddedPostgres) -> AsyncIterator[asyncpg.Connection]:
    """A superuser's connection."""
    admin = await asyncpg.connect(postgres.url("postgres", "postgres"))
    try:
        yield admin
    finally:
        await admin.close()


@asynccontextmanager
async def new_database(postgres: EmbeddedPostgres, template: str = TEMPLATE) -> AsyncIterator[str]:
    """A database of its own, copied from a template and dropped afterwards; its name."""
    name = f"t_{new_id().hex}"
    async with administering(postgres) as admin:
        await admin.execute(f"create database {name} template {template} owner {OWNER}")
        yield name
        await admin.execute(f"drop database {name} with (force)")


@pytest.fixture
async def database_name(postgres: EmbeddedPostgres, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """A new database, dropped after the test."""
    async with new_database(postgres, COUNTY if "world" in request.fixturenames else TEMPLATE) as name:
        yield name


@pytest.fixture
def database_url(postgres: EmbeddedPostgres, database_name: str) -> str:
    """The new database as the app's role sees it."""
    return postgres.url(APP, database_name)


@asynccontextmanager
async def opened_app(database_url: str, data_folder: Path) -> AsyncIterator[Litestar]:
    """The composed app with its worker, until the block ends; it remembers nothing of the block before."""
    app = _AT_REST.pop() if _AT_REST else create_app()
    async with started(app, database_url, data_folder):
        yield app
    _AT_REST.append(app)


@asynccontextmanager
async def started(app: Litestar, database_url: str, data_folder: Path) -> AsyncIterator[None]:
    """The app lives over this database until the block ends; then its state is as it was made."""
    app.state.settings = replace(from_environment(), database_url=database_url, data_folder=data_folder)
    await app.stores.get("rate_limit").delete_all()
    opened, closing = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        """The lifespan begins and ends in one task, as its cancel scopes demand; fixtures do not."""
        async with app.lifespan():
            opened.set()
            await closing.wait()

    living = asyncio.create_task(live())
    await asyncio.wait([living, asyncio.create_task(opened.wait())], return_when=asyncio.FIRST_COMPLETED)
    if living.done():
        living.result()
    yield
    closing.set()
    await living
    for name in app.state.keys() - {"settings"}:
        del app.state[name]


@pytest.fixture
async def app(database_url: str, tmp_path: Path) -> AsyncIterator[Litestar]:
    """The composed app with its worker."""
    async with opened_app(database_url, tmp_path) as app:
        yield app


@pytest.fixture
def database(app: Litestar) -> Database:
    """The app's database, to look behind the API."""
    opened: Database = app.state.database
    return opened


@pytest.fixture
async def client(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """Nobody's client."""
    async with client_of(app) as client:
        yield client


@pytest.fixture
async def world(county: list[DemoAccount], app: Litestar, database: Database) -> AsyncIterator[World]:
    """The demonstration county."""
    world = World(app, database, county)
    yield world
    await world.close()


@pytest.fixture(autouse=True, scope="session")
def _quiet_environment() -> Iterator[None]:
    """No setting of the machine reaches the tests."""
    patch = pytest.MonkeyPatch()
    for name in ("PALMCHECK_DATABASE_URL", "PALMCHECK_DATA", "PALMCHECK_PORT"):
        patch.delenv(name, raising=False)
    yield
    patch.undo()
