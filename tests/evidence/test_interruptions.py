"""Lines that break, senders that meet, processes that die: what came stays, and nothing is mixed up."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from palmcheck.evidence import api, receiving, service
from palmcheck.evidence.problems import ChecksumMismatch, UploadBusy, UploadInterrupted
from palmcheck.evidence.receiving import Intake
from palmcheck.evidence.types import Piece
from palmcheck.evidence.upload_locks import lock_key
from tests.evidence.servers import RunningServer
from tests.evidence.visits import TUS, Phone, Photo, Visits, photo_of, piece_headers

MEGABYTE = 1_000_000


@contextlib.asynccontextmanager
async def half_sent(
    visits: Visits, phone: Phone, photo: Photo, port: int
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A PATCH for the whole photo of which the server has got the first half so far."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    headers = piece_headers(0, photo.content) | {
        "Host": f"127.0.0.1:{port}",
        "Cookie": f"palmcheck_session={phone.token}",
        "Content-Length": str(len(photo.content)),
    }
    lines = [f"PATCH {photo.path} HTTP/1.1", *(f"{key}: {value}" for key, value in headers.items())]
    writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + photo.content[: len(photo.content) // 2])
    await writer.drain()
    await until(lambda: is_written_to(visits, phone, photo))
    yield reader, writer
    writer.close()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Waits five seconds at most for what another process does."""
    for _ in range(500):
        if await holds():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


async def is_written_to(visits: Visits, phone: Phone, photo: Photo) -> bool:
    """Somebody holds its lock; asked without taking it, which would turn the sender away."""
    key = lock_key(phone.actor.jurisdiction_id, photo.id)
    held = text(
        "select count(*) from pg_locks where locktype = 'advisory' and classid::bigint = :high and objid::bigint = :low"
    )
    async with visits.database.reading() as session:
        found = await session.scalar(held, {"high": key >> 32 & 0xFFFFFFFF, "low": key & 0xFFFFFFFF})
    return bool(found)


async def is_let_go(phone: Phone, photo: Photo, intake: Intake) -> bool:
    """Nobody writes to it."""
    with contextlib.suppress(UploadBusy):
        async with intake.locks.holding(phone.actor.jurisdiction_id, photo.id):
            return True
    return False


async def test_a_cut_connection_keeps_what_came_and_goes_on_from_there(
    visits: Visits, upload_server: RunningServer, intake: Intake
) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone), 100_000)
    await phone.announce(photo)
    async with half_sent(visits, phone, photo, upload_server.port):
        pass
    await until(lambda: is_let_go(phone, photo, intake))
    assert await phone.offset(photo) == 50_000
    assert (await phone.announce(photo)).headers["upload-offset"] == "50000"
    assert (await phone.send(photo, 50_000)).status_code == 204
    assert (await visits.trail(phone))[-1] == "evidence.upload_completed"


async def test_while_one_sends_nobody_else_writes_or_deletes(visits: Visits, upload_server: RunningServer) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone), 100_000)
    await phone.announce(photo)
    async with half_sent(visits, phone, photo, upload_server.port) as (reader, writer):
        for second in (
            await phone.send(photo),
            await phone.send(photo, await phone.offset(photo)),
            await phone.http.delete(photo.path, headers=TUS),
        ):
            assert (second.status_code, second.json()["code"]) == (409, "evidence.upload_busy")
        writer.write(photo.content[50_000:])
        assert (await reader.readline()).split()[1] == b"204"
    assert await phone.offset(photo) == 100_000


async def test_of_two_at_the_same_time_one_wins(visits: Visits) -> None:
    phone = await visits.phone()
    part_id = await visits.part(phone)
    for _ in range(5):
        photo = photo_of(part_id, 300_000)
        await phone.announce(photo)
        answers = await asyncio.gather(phone.send(photo), phone.send(photo), phone.send(photo))
        assert sorted(answer.status_code for answer in answers) == [204, 409, 409]
        assert await phone.offset(photo) == 300_000


async def test_two_announcements_at_the_same_time_are_one(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    answers = await asyncio.gather(*(phone.announce(photo) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert await visits.trail(phone) == ["evidence.upload_created"]


async def test_a_writer_in_another_process_is_respected(visits: Visits, intake: Intake) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    await phone.announce(photo)
    async with intake.locks.holding(phone.actor.jurisdiction_id, photo.id):
        assert (await phone.send(photo)).json()["code"] == "evidence.upload_busy"
    assert (await phone.send(photo)).status_code == 204


async def test_an_end_lost_in_a_crash_is_made_up_before_the_length_is_told(visits: Visits, intake: Intake) -> None:
    """The phone takes offset = length as received, so nobody may hear it before the hash was checked."""
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    await phone.announce(photo)
    await leave_behind(intake, phone, photo, photo.content)
    assert await phone.offset(photo) == 3000
    assert await visits.trail(phone) == ["evidence.upload_created", "evidence.upload_completed"]


async def test_while_the_last_bytes_are_being_judged_the_length_is_not_told(visits: Visits, intake: Intake) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    await phone.announce(photo)
    await leave_behind(intake, phone, photo, photo.content)
    async with intake.locks.holding(phone.actor.jurisdiction_id, photo.id):
        assert (await phone.http.head(photo.path, headers=TUS)).status_code == 409
    assert await phone.offset(photo) == 3000


async def test_a_damaged_end_of_a_crash_is_never_told_as_received(visits: Visits, intake: Intake) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    await phone.announce(photo)
    await leave_behind(intake, phone, photo, bytes(3000))
    assert (await phone.http.head(photo.path, headers=TUS)).status_code == 410
    again = await phone.announce(photo)
    assert (again.status_code, again.headers["upload-offset"]) == (201, "0")
    await leave_behind(intake, phone, photo, bytes(3000))
    with pytest.raises(ChecksumMismatch):
        await receiving.standing(intake, phone.actor, photo.id)


async def leave_behind(intake: Intake, phone: Phone, photo: Photo, content: bytes) -> None:
    """What a process that is killed after the last byte leaves."""

    async def chunks() -> AsyncIterator[bytes]:
        yield content

    async with intake.database.reading() as session:
        key = service.object_key(await service.own_upload(session, phone.actor, photo.id))
    await intake.store.append(key, 0, chunks())


async def test_a_sender_that_falls_silent_is_let_go_and_what_came_stays(
    visits: Visits, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    class SilentRequest:
        async def stream(self) -> AsyncIterator[bytes]:
            yield photo.content[:1000]
            await asyncio.sleep(60)

    monkeypatch.setattr(api, "SILENCE_SECONDS", 0.05)
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    await phone.announce(photo)
    chunks = api._chunks(SilentRequest())  # type: ignore[arg-type]
    with pytest.raises(UploadInterrupted):
        await receiving.receive(intake, phone.actor, photo.id, Piece(0, 3000, None), chunks)
    assert await phone.offset(photo) == 1000
    assert (await phone.send(photo, 1000)).status_code == 204


async def test_memory_stays_flat_while_eight_send_the_largest_photo(
    visits: Visits, upload_server: RunningServer
) -> None:
    """Held in memory they would be 160 MB; examining maps two files at a time, S3 holds a piece of each."""
    phone = await visits.phone()
    part_id = await visits.part(phone)
    for count, size in ((2, MEGABYTE), (8, 20 * MEGABYTE)):  # the first warm up
        photos = [photo_of(part_id, size) for _ in range(count)]
        for photo in photos:
            await phone.announce(photo)
        before = resident_megabytes(upload_server.pid, "VmRSS")
        begin_new_peak(upload_server.pid)
        answers = await asyncio.gather(*(phone.send(photo) for photo in photos))
        assert [answer.status_code for answer in answers] == [204] * count
    assert resident_megabytes(upload_server.pid, "VmHWM") - before < 120


def begin_new_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def resident_megabytes(pid: int, name: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024
