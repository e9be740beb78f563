"""nginx with our configuration in front of two processes: it keeps what is public, and not for long."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx
import pytest

from palmcheck.kernel.unit_of_work import Database
from palmcheck.public.answering import BRIEFLY
from tests.public.nginx import NGINX, running_nginx
from tests.public.planting import plant
from tests.public.waiting import until
from tests.world.served import served_app

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed (Debian: nginx-light)")
KEPT = "x-cache"


@dataclass
class Site:
    front: httpx.AsyncClient
    processes: list[httpx.AsyncClient]


@pytest.fixture
async def site(database_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    """nginx, and the two processes behind it."""
    factory = "tests.public.briefly:create_app"
    async with (
        served_app(database_url, tmp_path, factory=factory) as one,
        served_app(database_url, tmp_path, factory=factory) as other,
        running_nginx(tmp_path / "nginx", [one, other]) as (front, _),
    ):
        clients = [httpx.AsyncClient(base_url=base) for base in (front, one, other)]
        yield Site(clients[0], clients[1:])
        for client in clients:
            await client.aclose()


async def test_what_is_public_is_kept_and_what_is_withdrawn_is_gone_from_everywhere(
    site: Site, database: Database, database_url: str
) -> None:
    record = await plant(database, "临江鲜老火锅店")
    address = f"/records/{record}"
    first, again = await site.front.get(address), await site.front.get(address)
    assert (first.headers[KEPT], again.headers[KEPT]) == ("MISS", "HIT")
    assert first.content == again.content
    for policy in ("content-security-policy", "x-content-type-options", "referrer-policy"):
        assert again.headers[policy] == (await site.processes[0].get(address)).headers[policy]
    assert again.headers["server"] == "nginx"
    packed = await site.front.get(address, headers={"Accept-Encoding": "gzip"})
    plain = await site.front.get(address, headers={"Accept-Encoding": "identity"})
    assert (packed.headers.get("content-encoding"), plain.headers.get("content-encoding")) == ("gzip", None)
    assert packed.content == plain.content
    known = await site.front.get(address, headers={"If-None-Match": again.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    english = await site.front.get(address, headers={"Accept-Language": "en"})
    assert english.headers["content-language"] == "en"

    connection = await asyncpg.connect(database_url)
    await connection.execute("delete from public_record where id = $1", record)
    await connection.close()
    await _keeps_nothing_else(site)
    for client in (*site.processes, site.front):
        for where in (address, f"/api/public{address}"):

            async def gone(client: httpx.AsyncClient = client, where: str = where) -> bool:
                return (await client.get(where)).status_code == 404

            await until(gone)

        async def unlisted(client: httpx.AsyncClient = client) -> bool:
            return "临江鲜" not in (await client.get("/")).text

        await until(unlisted)


async def _keeps_nothing_else(site: Site) -> None:
    """What is not for everybody."""
    for address in ("/api/accounts/me", "/s/no-such-code", "/p/no-such-code", "/healthz"):
        for _ in range(2):
            assert KEPT not in (await site.front.get(address)).headers


def test_an_answer_lives_for_a_minute_at_most() -> None:
    """nginx and browsers keep to both times, one after the other."""
    assert sum(map(int, re.findall(r"=(\d+)", BRIEFLY))) <= 60
