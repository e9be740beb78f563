"""A photo and the submission that names it: whoever comes second completes the part (R11)."""

import asyncio
from typing import Any
from uuid import UUID

import msgspec

from palmcheck.evidence.submitted_photos import check_photos
from palmcheck.inspections.types import PhotoRef
from palmcheck.kernel.ids import new_id
from tests.world.county import World
from tests.world.phone import CHILL_PHOTO, Phone, photo_ref
from tests.world.pictures import jpeg

Json = dict[str, Any]


async def state_of(world: World, phone: Phone, part: Json) -> str:
    await world.settle()
    return next(str(each["state"]) for each in await phone.my_parts() if each["id"] == part["id"])


def photos_of(submission: Json) -> list[Json]:
    photos: list[Json] = submission["operation"]["body"]["photos"]
    return photos


async def test_a_photo_after_its_submission_completes_the_part(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    submission = phone.submission(part)
    assert [each["verdict"] for each in await phone.push(submission)] == ["accepted"]
    assert await state_of(world, phone, part) == "awaiting_photos"
    answer = await phone.upload(part, photos_of(submission)[0], CHILL_PHOTO)
    assert answer.status_code == 204, answer.text
    assert await state_of(world, phone, part) in {"complete", "published"}


async def test_a_photo_before_its_submission_is_found_by_it(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    submission = phone.submission(part)
    assert (await phone.upload(part, photos_of(submission)[0], CHILL_PHOTO)).status_code == 204
    assert await state_of(world, phone, part) == "issued"
    assert [each["verdict"] for each in await phone.push(submission)] == ["accepted"]
    assert await state_of(world, phone, part) in {"complete", "published"}


async def test_a_photo_and_its_submission_at_the_same_time_miss_each_other_never(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    for part in parts:
        submission = phone.submission(part)
        uploaded, verdicts = await asyncio.gather(
            phone.upload(part, photos_of(submission)[0], CHILL_PHOTO), phone.push(submission)
        )
        assert (uploaded.status_code, verdicts[0]["verdict"]) == (204, "accepted")
        assert await state_of(world, phone, part) in {"complete", "published"}


async def test_the_part_waits_for_the_last_of_its_photos(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    street = jpeg("a street")
    submission = phone.submission(part, [photo_ref(street, None)])
    await phone.push(submission)
    await phone.upload(part, photos_of(submission)[0], CHILL_PHOTO)
    assert await state_of(world, phone, part) == "awaiting_photos"
    await phone.upload(part, photos_of(submission)[1], street)
    assert await state_of(world, phone, part) in {"complete", "published"}


async def test_only_complete_photos_of_the_own_jurisdiction_are_found(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    photo = photo_ref(CHILL_PHOTO, None)
    await phone.upload(part, photo, CHILL_PHOTO)
    incomplete = photo_ref(jpeg("a street"), None)
    await phone.announce(part, incomplete, jpeg("a street"))
    refs = msgspec.convert([photo, incomplete, photo_ref(CHILL_PHOTO, None)], list[PhotoRef])
    home, part_id = UUID((await phone.client.get("/api/accounts/me")).json()["jurisdiction"]["id"]), UUID(part["id"])
    async with world.database.reading() as session:
        assert await check_photos(session, home, part_id, refs) == {refs[0].id: photo["sha256"]}
        assert await check_photos(session, new_id(), part_id, refs) == {}
        assert await check_photos(session, home, part_id, []) == {}
