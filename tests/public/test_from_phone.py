"""A real visit, from the phone to the public page: what was said, drawn, signed and walked stays inside (R18)."""

import httpx
import pytest

from tests.world.county import World
from tests.world.phone import CHILL_PHOTO, STROKES, instant

STATEMENT = "冷藏柜昨天坏过一次，已报修"
REFUSAL = "店主不在，店员拒绝签字"
WITNESS = "王素芬"


@pytest.fixture
async def visited(world: World) -> tuple[str, list[str]]:
    """A published part: its record's address, and all of the visit that is nobody else's."""
    phone, parts = await world.phone_with_parts()
    part = parts[0]
    arrival = phone.check_in(part)
    witness = {"name": WITNESS, "role": "邻居", "strokes": STROKES, "signed_at": instant()}
    refusal = {"kind": "refused", "reason": REFUSAL, "refused_at": instant(), "witness": witness}
    submission = phone.submission(part, statement=STATEMENT, party=refusal)
    await phone.push(arrival, submission)
    for photo in submission["operation"]["body"]["photos"]:
        answer = await phone.upload(part, photo, CHILL_PHOTO)
        assert answer.status_code == 204
    await world.settle()
    address = next(
        change["record_url"]
        for change in (await phone.pull())["changes"]
        if change["kind"] == "part_state" and change["part_id"] == part["id"] and change["record_url"]
    )
    target, officers = part["inspection"]["target"], part["officers"]
    photos = [value for photo in submission["operation"]["body"]["photos"] for value in (photo["id"], photo["sha256"])]
    people = [value for officer in officers for value in (officer["name"], officer["certificate_number"])]
    return address, [STATEMENT, REFUSAL, WITNESS, target["address"], submission["signature"], *photos, *people]


async def test_nothing_private_reaches_the_public(visited: tuple[str, list[str]], client: httpx.AsyncClient) -> None:
    address, private = visited
    for public in (address, f"/api/public{address}", "/", "/api/public/records", f"{address}?lang=en"):
        answer = await client.get(public)
        assert answer.status_code == 200, public
        for value in private:
            assert value not in answer.text, (public, value)


async def test_the_record_says_why_and_what(visited: tuple[str, list[str]], client: httpx.AsyncClient) -> None:
    address, _ = visited
    shown = (await client.get(address)).text
    for text in ("未发现问题", "随机抽取，不由人指定", "实地核查", "结果形成当日公示", "第 1 版，未作更正"):
        assert text in shown
