"""Starting the whole system on one machine: database, migrations, demonstration, server."""

import asyncio
import os
import ssl
import threading
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from granian import Granian
from granian.constants import Interfaces

from palmcheck.app import REACTIONS
from palmcheck.demonstration.county import DemoAccount
from palmcheck.demonstration.large import Width, load_large_demonstration
from palmcheck.demonstration.loading import ACCOUNTS_FILE, load_demonstration
from palmcheck.demonstration.logins import PlacedAccount
from palmcheck.kernel import embedded_postgres
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.unit_of_work import Database
from palmcheck.lan.opening import open_to_phones
from palmcheck.migrations.upgrade import migrate
from palmcheck.settings import ELSEWHERE, JOBS, Settings
from palmcheck.working import WorkerBeside

GRACE_SECONDS = 8
OK = 200


def serve(settings: Settings, *, demo: bool, lan: bool = False) -> None:
    """Serves until Ctrl-C or SIGTERM; stops the embedded database at the end.

    `lan`: for phones in the same network, with a certificate of its own and a door that explains how to trust it.
    """
    opened = open_to_phones(settings, datetime.now(UTC)) if lan else None
    if opened is not None:
        settings = opened.settings
    server = None
    if settings.database_url is None:
        server = embedded_postgres.start(settings.data_folder / "postgres")
    try:
        prepared, logins = asyncio.run(_prepare(settings, server, demo=demo))
        _run_server(prepared, logins, [] if opened is None else opened.lines())
    finally:
        if server is not None:
            server.stop()


async def _prepare(
    settings: Settings, server: embedded_postgres.EmbeddedPostgres | None, *, demo: bool
) -> tuple[Settings, Sequence[DemoAccount]]:
    """Migrates, loads the demonstration if asked, and answers the settings with the database's URL in them."""
    app_role = None
    if server is not None:
        await embedded_postgres.ensure_roles(server)
        app_role = embedded_postgres.APP
        owner, app = server.url(embedded_postgres.OWNER), server.url(embedded_postgres.APP)
        settings = replace(settings, database_url=app, migration_url=owner)
    assert settings.database_url is not None
    await migrate(settings.migration_url or settings.database_url, app_role=app_role)
    if not demo:
        return settings, []
    engine = open_engine(settings.database_url)
    try:
        return settings, await _load(Database(engine, REACTIONS, settings.open_store()), settings)
    finally:
        await engine.dispose()


async def _load(database: Database, settings: Settings) -> Sequence[DemoAccount]:
    if settings.demo == "small":
        return await load_demonstration(database, settings.data_folder)
    return await load_large_demonstration(database, settings.data_folder, Width(settings.demo_targets))


def _run_server(settings: Settings, logins: Sequence[DemoAccount], door: Sequence[str]) -> None:
    assert settings.database_url is not None
    os.environ["PALMCHECK_DATABASE_URL"] = settings.database_url  # the server's processes read it again
    os.environ["PALMCHECK_DATA"] = str(settings.data_folder)
    os.environ[JOBS] = ELSEWHERE
    granian = Granian(
        "palmcheck.app:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=settings.workers,
        workers_kill_timeout=GRACE_SECONDS,
        respawn_failed_workers=True,
        log_access=False,
        ssl_cert=settings.tls_certificate,
        ssl_key=settings.tls_key,
    )
    threading.Thread(target=_tell_when_ready, args=(settings, logins, door), daemon=True).start()
    if settings.jobs_elsewhere:
        granian.serve()
        return
    worker = WorkerBeside()
    worker.start()
    try:
        granian.serve()
    finally:
        worker.stop()


def _tell_when_ready(settings: Settings, logins: Sequence[DemoAccount], door: Sequence[str]) -> None:
    """Waits until the first answer, then says so in one line that scripts wait for, below what a person needs."""
    home = settings.home
    while not _answers(home):
        time.sleep(0.05)
    lines = [
        f"  公示首页 public pages    {home}/",
        f"  工作台   console         {home}/console/",
        f"  手机端   field app       {home}/app/",
    ]
    for login in logins:
        code = f"  登记码 enrolment code {login.enrolment_code}" if login.enrolment_code else ""
        place = login.jurisdiction if isinstance(login, PlacedAccount) else ""
        if isinstance(login, PlacedAccount) and login.open_visits:
            code += f"  待检 visits to make {login.open_visits}"
        where = f"{place}{login.department or ''}"
        lines.append(f"  {login.role:<10} {where:<14} {login.username:<14} {login.password}{code}")
    if logins:
        lines.append(f"  all logins: {settings.data_folder / ACCOUNTS_FILE}")
    print("\n".join([*door, *lines, f"ready {home}"]), flush=True)


def _answers(home: str) -> bool:
    """Whether the server answers; the certificate is its own affair here."""
    unverified = ssl._create_unverified_context()  # noqa: S323 - a question to ourselves
    try:
        with urllib.request.urlopen(f"{home}/healthz", timeout=2, context=unverified) as answer:  # noqa: S310
            return bool(answer.status == OK)
    except OSError:
        return False
