"""Photos of a result in public: a blurred copy, released by a second person, gone with its record (R18)."""

import asyncio
from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from palmcheck.kernel.ids import new_id
from tests.publication.test_on_the_way import public
from tests.world.county import World, assert_problem
from tests.world.phone import CHILL_PHOTO, Json

PLACE = {"left": 1000, "top": 1000, "width": 4000, "height": 4000}
MARKET = "市场监督管理局"


@pytest.fixture
async def shown(world: World) -> tuple[Json, str]:
    """A published part with a photo, and the photo's id."""
    phone, parts = await world.phone_with_parts()
    check_in = phone.check_in(parts[0])
    submission = phone.submission(parts[0], depends_on=[check_in["operation"]["id"]])
    await phone.push(check_in, submission)
    photo = submission["operation"]["body"]["photos"][0]
    await phone.upload(parts[0], photo, CHILL_PHOTO)
    await world.settle()
    return parts[0], photo["id"]


async def propose(desk: httpx.AsyncClient, part: Json, photo: str, **changed: Any) -> tuple[str, httpx.Response]:
    path = f"/api/publication/photos/{new_id()}"
    body = {"part_id": part["id"], "photo_id": photo, "places": [PLACE]} | changed
    return path, await desk.put(path, json=body)


async def gone(client: httpx.AsyncClient, address: str) -> bool:
    """Within some seconds: the database tells every process."""
    async with asyncio.timeout(10):
        while (await client.get(address)).status_code != 404:  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.05)
    return True


async def test_a_photo_is_public_when_a_second_person_has_released_its_copy(
    world: World, shown: tuple[Json, str]
) -> None:
    part, photo = shown
    lead, anybody = await world.team_lead(), world.client()
    administrator = await world.sign_in(world.login("department_administrator", MARKET))
    (record,) = await public(world)
    detail = (await lead.get(f"/api/publication/records/{part['id']}")).json()
    assert detail["result_photos"] == [photo]

    path, made = await propose(lead, part, photo)
    assert made.status_code == 200, made.text
    address = f"{record['url']}/photos/{made.json()['id']}"
    assert (await anybody.get(address)).status_code == 404
    assert "<img" not in (await anybody.get(record["url"])).text
    stranger = await world.sign_in(world.login("department_administrator", "卫生健康局"))
    assert_problem(await stranger.get(path), "not_found", status=404)
    copy = await administrator.get(path)
    assert copy.headers["content-type"] == "image/jpeg"
    decision = {"verdict": "confirmed", "because": ""}
    assert_problem(await lead.put(f"{path}/decision", json=decision), "publication.second_person", status=409)
    assert (await administrator.put(f"{path}/decision", json=decision)).json()["verdict"] == "confirmed"
    await world.settle()

    seen = await anybody.get(address)
    assert (seen.status_code, seen.content) == (200, copy.content)
    assert seen.content != CHILL_PHOTO
    with Image.open(BytesIO(seen.content)) as picture:
        assert dict(picture.getexif()) == {}
    assert f'src="{address}"' in (await anybody.get(record["url"])).text

    assert (await lead.put(f"{path}/removed")).json()["verdict"] == "removed"
    await world.settle()
    assert await gone(anybody, address)
    assert_problem(await lead.get(path), "not_found", status=404)  # its bytes are deleted


async def test_without_a_blur_or_of_another_visit_no_photo_is_taken(world: World, shown: tuple[Json, str]) -> None:
    part, photo = shown
    lead = await world.team_lead()

    _, unblurred = await propose(lead, part, photo, places=[])
    _, foreign = await propose(lead, part, str(new_id()))

    assert unblurred.status_code == 400
    assert_problem(foreign, "publication.photo_not_of_result", field="photo_id")


async def test_photos_go_with_a_record_that_is_withdrawn(world: World, shown: tuple[Json, str]) -> None:
    part, photo = shown
    lead, anybody = await world.team_lead(), world.client()
    administrator = await world.sign_in(world.login("department_administrator", MARKET))
    (record,) = await public(world)
    path, made = await propose(lead, part, photo)
    await administrator.put(f"{path}/decision", json={"verdict": "confirmed", "because": ""})
    await world.settle()
    address = f"{record['url']}/photos/{made.json()['id']}"
    assert (await anybody.get(address)).status_code == 200

    withholding = f"/api/publication/withholdings/{new_id()}"
    await lead.put(withholding, json={"part_id": part["id"], "ground": "personal_privacy", "note": ""})
    await administrator.put(f"{withholding}/decision", json={"verdict": "confirmed", "because": "涉及隐私"})
    await world.settle()

    assert await gone(anybody, address)
    stored = [each.key async for each in world.app.state.object_store.listing()]
    assert not any(key.startswith("public-") for key in stored)
