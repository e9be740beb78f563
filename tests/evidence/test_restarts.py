"""The server is killed in the middle, and the store goes away: what was acknowledged is there, the rest goes on."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx

from palmcheck.accounts.sessions import COOKIE
from palmcheck.kernel.folder_store import FolderStore
from palmcheck.kernel.unit_of_work import Database
from tests.evidence.servers import Bucket, running_bucket, start_server, stop_server
from tests.evidence.visits import TUS, Phone, Photo, Visits, photo_of, piece_headers


async def send_slowly(phone: Phone, photo: Photo, start: int, pause: float) -> None:
    """In small pieces of one request, for as long as the server lives."""

    async def chunks() -> AsyncIterator[bytes]:
        for at in range(start, len(photo.content), 20_000):
            yield photo.content[at : at + 20_000]
            await asyncio.sleep(pause)

    headers = piece_headers(start) | {"Content-Length": str(len(photo.content) - start)}
    await phone.http.patch(photo.path, headers=headers, content=chunks())


async def test_after_a_kill_the_upload_goes_on_where_the_server_stood(
    behind: Database, uploads_url: str, tmp_path: Path
) -> None:
    """The folder has what came; nothing of it is told twice, nothing is missing."""
    store = FolderStore(tmp_path / "evidence")
    server = start_server(uploads_url, tmp_path, store, {})
    async with Visits(behind, f"http://127.0.0.1:{server.port}") as visits:
        phone = await visits.phone()
        photo = photo_of(await visits.part(phone), 600_000)
        await phone.announce(photo)
        assert (await phone.send(photo, 0, 200_000)).status_code == 204
        sending = asyncio.create_task(send_slowly(phone, photo, 200_000, 0.05))
        await asyncio.sleep(0.5)
        server.kill()
        await asyncio.gather(sending, return_exceptions=True)
        again = start_server(uploads_url, tmp_path, store, {})
        try:
            async with httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{again.port}", cookies={COOKIE: phone.token}, timeout=60
            ) as client:
                later = Phone(phone.actor, client, phone.token)
                offset = await later.offset(photo)
                assert 200_000 <= offset < 600_000
                assert (await later.send(photo, offset)).status_code == 204
                assert await later.offset(photo) == 600_000
        finally:
            stop_server(again)
        assert (await visits.trail(phone))[-1] == "evidence.upload_completed"


async def test_while_the_bucket_is_down_uploads_are_asked_to_wait(
    behind: Database, uploads_url: str, tmp_path: Path
) -> None:
    with running_bucket(tmp_path) as bucket:
        server = start_server(uploads_url, tmp_path, bucket.store(), bucket.environment())
        try:
            async with Visits(behind, f"http://127.0.0.1:{server.port}") as visits:
                await _down_and_up(visits, bucket)
        finally:
            stop_server(server)


async def _down_and_up(visits: Visits, bucket: Bucket) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone), 30_000)
    await phone.announce(photo)
    await phone.send(photo, 0, 10_000)
    bucket.stop()
    for refused in (await phone.send(photo, 10_000), await phone.announce(photo_of(photo.part_id))):
        assert (refused.status_code, refused.json()["code"]) == (503, "storage_unavailable")
        assert int(refused.headers["retry-after"]) > 0
    assert (await phone.http.head(photo.path, headers=TUS)).status_code == 503
    assert (await phone.http.get("/healthz")).status_code == 200
    bucket.start()
    assert await phone.offset(photo) == 10_000
    assert (await phone.send(photo, 10_000)).status_code == 204
    assert (await visits.trail(phone))[-1] == "evidence.upload_completed"
