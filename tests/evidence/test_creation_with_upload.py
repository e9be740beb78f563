"""Photos that come with their announcement: one request each, and nothing given up that several would have kept."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from palmcheck.accounts.sessions import COOKIE
from palmcheck.evidence import receiving, service
from palmcheck.evidence.problems import UploadBusy, UploadInterrupted
from palmcheck.evidence.receiving import Intake
from palmcheck.evidence.types import NewUpload, Piece
from palmcheck.kernel.folder_store import FolderStore
from palmcheck.kernel.unit_of_work import Database
from tests.evidence.servers import start_server, stop_server
from tests.evidence.test_interruptions import until
from tests.evidence.visits import Phone, Photo, Visits, photo_of

WHOLE = ["evidence.upload_created", "evidence.upload_completed"]


def announced(photo: Photo) -> NewUpload:
    return NewUpload(photo.id, photo.part_id, photo.sha256, "image/jpeg", "photo.jpg", len(photo.content), photo.sha256)


async def in_chunks(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def test_a_whole_photo_is_complete_with_its_announcement(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone), 300_000)
    answer = await phone.announce_with(photo, photo.content)
    assert (answer.status_code, answer.headers["location"]) == (201, photo.path)
    assert answer.headers["upload-offset"] == "300000"
    assert "upload-expires" not in answer.headers
    assert await phone.offset(photo) == 300_000
    assert await visits.trail(phone) == WHOLE


async def test_a_repeat_changes_nothing(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    for _ in range(3):
        answer = await phone.announce_with(photo, photo.content)
        assert (answer.status_code, answer.headers["upload-offset"]) == (201, "3000")
    assert await visits.trail(phone) == WHOLE


async def test_a_beginning_goes_on_by_pieces(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    first = await phone.announce_with(photo, photo.content[:1000])
    assert (first.status_code, first.headers["upload-offset"]) == (201, "1000")
    again = await phone.announce_with(photo, photo.content)
    assert (again.status_code, again.headers["upload-offset"]) == (201, "1000")
    assert (await phone.send(photo, 1000)).status_code == 204
    assert await visits.trail(phone) == WHOLE


async def test_what_was_only_announced_is_taken_with_a_repeat(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    await phone.announce(photo)
    answer = await phone.announce_with(photo, photo.content)
    assert (answer.status_code, answer.headers["upload-offset"]) == (201, "3000")
    assert await visits.trail(phone) == WHOLE


async def test_a_line_that_breaks_keeps_what_came(visits: Visits, intake: Intake) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))

    async def breaking() -> AsyncIterator[bytes]:
        yield photo.content[:1200]
        raise UploadInterrupted

    with pytest.raises(UploadInterrupted):
        await receiving.receive_new(intake, phone.actor, announced(photo), Piece(0, 3000, None), breaking())
    assert await phone.offset(photo) == 1200
    assert (await phone.send(photo, 1200)).status_code == 204
    assert await visits.trail(phone) == WHOLE


async def test_bytes_damaged_on_the_way_are_none(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    nothing = "sha256 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    answer = await phone.announce_with(photo, photo.content, checksum=nothing)
    assert (answer.status_code, answer.json()["code"]) == (460, "evidence.checksum_mismatch")
    assert await phone.offset(photo) == 0
    assert (await phone.send(photo)).status_code == 204


async def test_more_than_was_announced_is_not_taken(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    answer = await phone.announce_with(photo, photo.content + b"more")
    assert answer.json()["code"] == "evidence.past_the_end"
    assert await phone.offset(photo) == 0


async def test_a_stranger_s_bytes_are_not_stored(visits: Visits, intake: Intake) -> None:
    lead, stranger = await visits.phone(), await visits.phone()
    photo = photo_of(await visits.part(lead))
    answer = await stranger.announce_with(photo, photo.content)
    assert (answer.status_code, answer.json()["code"]) == (403, "evidence.part_not_yours")
    assert await intake.store.length(f"{stranger.actor.jurisdiction_id}-{photo.id}") == 0


async def test_of_several_at_the_same_time_one_writes(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone), 300_000)
    answers = await asyncio.gather(*(phone.announce_with(photo, photo.content) for _ in range(4)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert 201 in {answer.status_code for answer in answers}
    assert await phone.offset(photo) == 300_000
    assert await visits.trail(phone) == WHOLE


async def test_an_announcement_in_between_gets_the_bytes(
    visits: Visits, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of those who only announce nobody takes the lock."""
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    new = announced(photo)
    check = service._check_and_mark

    async def meanwhile(*arguments: object) -> None:
        async with intake.database.unit_of_work() as tx:
            await service.create_upload(tx, phone.actor, new)
        await check(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(service, "_check_and_mark", meanwhile)
    with pytest.raises(UploadBusy):
        await receiving.receive_new(intake, phone.actor, new, Piece(0, 3000, None), in_chunks(photo.content))
    assert await phone.offset(photo) == 3000
    assert await visits.trail(phone) == WHOLE


async def test_after_a_kill_in_the_middle_it_is_sent_again(behind: Database, uploads_url: str, tmp_path: Path) -> None:
    """Nothing was acknowledged, so nothing is known of it; what the dead process wrote is written over."""
    store = FolderStore(tmp_path / "evidence")
    server = start_server(uploads_url, tmp_path, store, {})
    async with Visits(behind, f"http://127.0.0.1:{server.port}") as visits:
        phone = await visits.phone()
        photo = photo_of(await visits.part(phone), 900_000)
        key = f"{phone.actor.jurisdiction_id}-{photo.id}"
        sending = asyncio.create_task(send_the_half(phone, photo))

        async def is_there() -> bool:
            return await store.length(key) > 0

        await until(is_there)
        server.kill()
        await asyncio.gather(sending, return_exceptions=True)
        again = start_server(uploads_url, tmp_path, store, {})
        address = f"http://127.0.0.1:{again.port}"
        try:
            async with httpx.AsyncClient(base_url=address, cookies={COOKIE: phone.token}, timeout=60) as client:
                later = Phone(phone.actor, client, phone.token)
                assert (await client.head(photo.path, headers={"Tus-Resumable": "1.0.0"})).status_code == 404
                assert (await later.announce_with(photo, photo.content)).status_code == 201
                assert await later.offset(photo) == 900_000
        finally:
            stop_server(again)
        assert await visits.trail(phone) == WHOLE


async def send_the_half(phone: Phone, photo: Photo) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield photo.content[:600_000]
        await asyncio.sleep(30)

    headers = photo.announcement() | {
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(len(photo.content)),
    }
    await phone.http.post("/api/evidence/uploads", headers=headers, content=chunks())
