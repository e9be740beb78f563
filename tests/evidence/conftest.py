"""A server as in production (its own process, real sockets) over a real database and either store."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from palmcheck.evidence.receiving import Intake
from palmcheck.evidence.upload_locks import UploadLocks
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.embedded_postgres import APP, OWNER, EmbeddedPostgres
from palmcheck.kernel.folder_store import FolderStore
from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.unit_of_work import Database
from tests.evidence.servers import Bucket, RunningServer, running_bucket, start_server, stop_server
from tests.evidence.visits import Visits


@pytest.fixture(scope="session")
async def uploads_url(postgres: EmbeddedPostgres) -> str:
    """A database for the servers, as the app's role sees it."""
    admin = await asyncpg.connect(postgres.url("postgres", "postgres"))
    await admin.execute(f"create database uploads template palmcheck owner {OWNER}")
    await admin.close()
    return postgres.url(APP, "uploads")


@pytest.fixture(scope="session")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    """A bucket in a real S3."""
    with running_bucket(tmp_path_factory.mktemp("s3")) as bucket:
        yield bucket


@pytest.fixture(scope="session", params=["folder", "s3"])
def upload_server(
    request: pytest.FixtureRequest, uploads_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """The whole app behind granian, with its photos in a folder or in S3."""
    data, settings = tmp_path_factory.mktemp("data"), dict[str, str]()
    store: ObjectStore = FolderStore(data / "evidence")
    if request.param == "s3":
        bucket: Bucket = request.getfixturevalue("bucket")
        store, settings = bucket.store(), bucket.environment()
    server = start_server(uploads_url, data, store, settings)
    yield server
    stop_server(server)


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    """Either store, without a server of ours before it."""
    if request.param == "folder":
        return FolderStore(tmp_path / "evidence")
    bucket: Bucket = request.getfixturevalue("bucket")
    return bucket.store()


@pytest.fixture(scope="session")
async def behind(uploads_url: str) -> AsyncIterator[Database]:
    """The servers' database, from the test's process."""
    engine = open_engine(uploads_url)
    yield Database(engine)
    await engine.dispose()


@pytest.fixture
async def visits(behind: Database, upload_server: RunningServer) -> AsyncIterator[Visits]:
    """Makes parts with officers who are signed in on their phones."""
    async with Visits(behind, f"http://127.0.0.1:{upload_server.port}") as visits:
        yield visits


@pytest.fixture
def intake(behind: Database, upload_server: RunningServer) -> Intake:
    """What the server takes bytes in with, for what cannot be brought about from outside."""
    return Intake(behind, upload_server.store, UploadLocks(behind.engine))
