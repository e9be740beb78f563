"""How long what nobody stands on is kept, by a clock that the test moves."""

import asyncio
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from sqlalchemy import select, text

from palmcheck.evidence.keeping import expire_uploads, remove_orphans
from palmcheck.evidence.models import Upload
from palmcheck.evidence.service import object_key
from palmcheck.evidence.thumbnails import thumbnail_key
from palmcheck.kernel.clock import now
from palmcheck.kernel.unit_of_work import Database
from tests.world.county import World
from tests.world.phone import CHILL_PHOTO, Json, Phone, photo_ref

DAY = timedelta(days=1)


async def half_sent(phone: Phone, part: Json) -> tuple[Json, datetime]:
    """A photo of which the first half came, and when the server will give it up."""
    photo = photo_ref(CHILL_PHOTO, None)
    made = await phone.announce(part, photo, CHILL_PHOTO)
    sent = await phone.send_piece(made.headers["location"], CHILL_PHOTO[:1000], 0)
    assert sent.status_code == 204
    assert made.headers["upload-expires"] == sent.headers["upload-expires"]
    return photo, parsedate_to_datetime(sent.headers["upload-expires"])


async def upload_of(database: Database, photo: Json) -> Upload:
    async with database.reading() as session:
        return (await session.scalars(select(Upload).where(Upload.id == photo["id"]))).one()


async def test_an_unfinished_upload_is_given_up_after_seven_days_and_may_come_again(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    photo, expires = await half_sent(phone, part)
    assert timedelta(days=6, hours=23) < expires - now() < timedelta(days=7, seconds=5)
    store = world.app.state.object_store
    key = object_key(await upload_of(world.database, photo))

    await expire_uploads(world.database, now() + 6.9 * DAY)
    assert await store.length(key) == 1000
    await expire_uploads(world.database, now() + 7.1 * DAY)
    assert await store.length(key) == 0
    assert (await upload_of(world.database, photo)).state == "terminated"

    again = await phone.announce(part, photo, CHILL_PHOTO)
    assert (again.status_code, again.headers["upload-offset"]) == (201, "0")


async def test_who_is_writing_is_left_alone(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    photo, _ = await half_sent(phone, part)
    upload = await upload_of(world.database, photo)
    async with world.app.state.upload_locks.holding(upload.jurisdiction_id, upload.id):
        await expire_uploads(world.database, now() + 8 * DAY)
    assert (await upload_of(world.database, photo)).state == "receiving"


async def test_a_photo_that_no_result_names_goes_after_ninety_days_and_one_that_is_named_stays(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    submission = phone.submission(part)
    named, orphan = submission["operation"]["body"]["photos"][0], photo_ref(CHILL_PHOTO, None)
    for photo in (named, orphan):
        assert (await phone.upload(part, photo, CHILL_PHOTO)).status_code == 204
    await phone.push(submission)
    await world.settle()
    store = world.app.state.object_store
    upload = await upload_of(world.database, orphan)
    assert await store.length(thumbnail_key(upload.jurisdiction_id, upload.id)) > 0

    await remove_orphans(world.database, now() + 89 * DAY)
    assert (await upload_of(world.database, orphan)).state == "complete"
    await remove_orphans(world.database, now() + 91 * DAY)

    assert (await upload_of(world.database, orphan)).state == "terminated"
    assert await store.length(object_key(upload)) == 0
    assert await store.length(thumbnail_key(upload.jurisdiction_id, upload.id)) == 0
    assert (await upload_of(world.database, named)).state == "complete"
    assert await store.length(object_key(await upload_of(world.database, named))) == len(CHILL_PHOTO)


@pytest.mark.parametrize("name", ["evidence.expire_uploads", "evidence.remove_orphans"])
async def test_the_worker_has_them_on_its_clock(world: World, name: str) -> None:
    await world.settle()
    async with world.database.reading() as session:
        for _ in range(100):
            found = await session.scalar(
                text("select count(*) from pgqueuer_schedules where entrypoint = :n"), {"n": name}
            )
            if found:
                return
            await session.rollback()
            await asyncio.sleep(0.05)
    raise AssertionError(f"{name} is not scheduled")
