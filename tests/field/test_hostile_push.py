"""Hostile batches: a verdict each, no effect of any, and the good ones beside them go through."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from palmcheck.app import CHECKS
from palmcheck.kernel.clock import now
from palmcheck.kernel.doctor import make_round
from tests.field.hostile import OPERATIONS
from tests.world.county import World, assert_problem
from tests.world.phone import CHILL_PHOTO, Json, Phone, photo_ref
from tests.world.pictures import jpeg

HALF_A_CHARACTER = b'{"operations": [{"operation": {"nonce": "\\ud800"}, "signature": ""}]}'
EFFECTS = (
    "submission",
    "submission_photo",
    "check_in",
    "upload",
    "recusal_request",
    "countersignature",
    "public_record",
)


async def effects(world: World) -> dict[str, int]:
    """How many rows there are of what an operation could bring about."""
    async with world.database.reading() as session:
        return {table: int(await session.scalar(text(f"select count(*) from {table}")) or 0) for table in EFFECTS}


async def kept(world: World) -> set[UUID]:
    async with world.database.reading() as session:
        return set(await session.scalars(text("select id from received_operation where verdict = 'rejected'")))


async def test_each_is_refused_by_its_code_without_effect_and_the_good_one_is_taken(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    before = await effects(world)
    raws = [case.make(phone, parts[0]) for case in OPERATIONS]
    good = phone.check_in(parts[0])

    verdicts = await phone.push(*raws, good)

    told = [
        (case.name, verdict["verdict"], verdict["problem"]["code"])
        for case, verdict in zip(OPERATIONS, verdicts, strict=False)
    ]
    assert told == [(case.name, "rejected", case.code) for case in OPERATIONS]
    assert verdicts[-1]["verdict"] == "accepted"
    assert await effects(world) == before | {"check_in": before["check_in"] + 1}
    signed = {UUID(raw["operation"]["id"]) for raw, case in zip(raws, OPERATIONS, strict=True) if case.kept}
    assert await kept(world) == signed
    assert [each async for each in world.app.state.object_store.listing()] == []


async def test_a_batch_that_is_none_is_refused_whole(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    push = "/api/field/operations"
    for body in (
        b"",
        b"[]",
        b"{}",
        b'{"operations": {}}',
        b'{"operations": [1]}',
        b"\xff\xfe",
        b'{"operations": [',
        HALF_A_CHARACTER,
    ):
        answer = await phone.client.post(push, content=body, headers={"content-type": "application/json"})
        assert_problem(answer, "invalid_request")
    many = await phone.client.post(push, json={"operations": [phone.check_in(parts[0])] * 51})
    assert_problem(many, "invalid_request", field="operations")
    deep = b'{"operations": [{"operation": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]}"
    assert_problem(await phone.client.post(push, content=deep), "invalid_request")
    huge = b'{"operations": [{"operation": "' + b"x" * 11_000_000 + b'"}]}'
    assert_problem(await phone.client.post(push, content=huge), "too_large")
    assert await phone.push() == []


async def test_a_replayed_operation_of_a_colleague_is_foreign(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    stolen = phone.check_in(parts[0])
    thief = await another_inspector(world, phone)

    verdict = (await thief.push(stolen))[0]

    assert (verdict["verdict"], verdict["problem"]["code"]) == ("rejected", "field.operation_foreign")
    assert [each["verdict"] for each in await phone.push(stolen, stolen)] == ["accepted", "already_accepted"]


async def test_what_comes_in_another_order_is_put_right_by_sending_it_again(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    first = phone.check_in(parts[0])
    second = phone.submission(parts[0], depends_on=[first["operation"]["id"]])
    assert [each["verdict"] for each in await phone.push(second, first)] == ["blocked_by", "accepted"]
    assert [each["verdict"] for each in await phone.push(second, first)] == ["accepted", "already_accepted"]


async def another_inspector(world: World, than: Phone) -> Phone:
    """A colleague in the county, on a phone of his own."""
    for login in world.logins:
        if login.role == "inspector":
            phone = Phone(world.client())
            answer = await phone.client.post("/api/accounts/devices", json=phone.enrolment(login.enrolment_code or ""))
            if answer.status_code == 201:
                signed_in = {"username": login.username, "password": login.password, "device_id": str(phone.device_id)}
                me = (await phone.client.post("/api/accounts/sessions", json=signed_in)).json()
                phone.account_id, phone.inspector_id = me["account_id"], me["inspector_id"]
                if phone.account_id != than.account_id:
                    await phone.pull()
                    return phone
    raise AssertionError("there is no other inspector")


def changed(body: Json, **change: Any) -> Json:
    return body | {"photos": [body["photos"][0] | change, *body["photos"][1:]]}


async def test_a_photo_that_is_in_is_what_the_submission_says_of_it(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    result = phone.result(parts[0])
    assert (await phone.upload(parts[0], result["photos"][0], CHILL_PHOTO)).status_code == 204
    differences: list[Json] = [
        {"width": 1601},
        {"height": 1201},
        {"bytes": result["photos"][0]["bytes"] + 1},
        {"media_type": "image/png"},
        {"sha256": "0" * 64},
    ]
    for change in differences:
        verdict = (await phone.push(phone.operation("part.submit", changed(result, **change))))[0]
        assert verdict["problem"]["code"] == "evidence.photo_not_as_submitted", change
        assert verdict["problem"]["field"] == f"photos.0.{next(iter(change))}"
    assert (await phone.push(phone.operation("part.submit", result)))[0]["verdict"] == "accepted"
    await world.settle()
    assert await make_round(world.database, world.app.state.object_store, CHECKS, now(), deep=True) == []


async def test_a_photo_that_comes_later_is_what_the_submission_says_of_it(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    wide = photo_ref(jpeg("a street"), None) | {"width": 1999}
    street = photo_ref(jpeg("another street"), None)
    submission = phone.submission(parts[0], [wide, street])
    assert (await phone.push(submission))[0]["verdict"] == "accepted"

    late = await phone.upload(parts[0], wide, jpeg("a street"))
    assert_problem(late, "evidence.photo_not_as_submitted", field="width")
    with pytest.raises(AssertionError, match=r"evidence\.photo_not_as_submitted"):  # refused when it is announced
        await phone.upload(parts[0], street | {"sha256": "0" * 64}, jpeg("another street"))
    assert (await phone.upload(parts[0], street, jpeg("another street"))).status_code == 204


async def test_a_photo_of_another_part_is_none_of_this_one(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    if len(parts) < 2:
        pytest.skip("this draw gave the inspector one part")
    result = phone.result(parts[0])
    await phone.upload(parts[1], result["photos"][0], CHILL_PHOTO)
    verdict = (await phone.push(phone.operation("part.submit", result)))[0]
    assert (verdict["problem"]["code"], verdict["problem"]["field"]) == (
        "evidence.photo_not_as_submitted",
        "photos.0.id",
    )
