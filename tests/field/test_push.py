"""Push: a verdict each, nothing twice, nothing stuck on one bad record."""

from palmcheck.kernel.ids import new_id
from tests.world.county import World
from tests.world.phone import CHILL_PHOTO, ENVELOPE, Json, Phone


async def submitted(phone: Phone, part: Json) -> tuple[Json, Json]:
    """A check-in and a submission that depends on it, both minted."""
    check_in = phone.check_in(part)
    submission = phone.submission(part, depends_on=[check_in["operation"]["id"]])
    return check_in, submission


async def state_of(phone: Phone, part: Json) -> str:
    """The part's state as its phone pulls it from the start."""
    changes = (await phone.pull())["changes"]
    inspections = [c["inspection"] for c in changes if c["kind"] == "inspection"]
    return str(next(p["state"] for i in inspections for p in i["parts"] if p["id"] == part["id"]))


async def test_a_submission_with_its_photo_becomes_a_public_record(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    check_in, submission = await submitted(phone, parts[0])

    verdicts = await phone.push(check_in, submission)

    assert [v["verdict"] for v in verdicts] == ["accepted", "accepted"]
    assert await state_of(phone, parts[0]) == "awaiting_photos"
    photo = submission["operation"]["body"]["photos"][0]
    assert (await phone.upload(parts[0], photo, CHILL_PHOTO)).status_code == 204
    await world.settle()
    assert await state_of(phone, parts[0]) == "published"


async def test_a_photo_may_arrive_before_its_submission(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    check_in, submission = await submitted(phone, parts[0])
    photo = submission["operation"]["body"]["photos"][0]
    assert (await phone.upload(parts[0], photo, CHILL_PHOTO)).status_code == 204

    await phone.push(check_in, submission)
    await world.settle()

    assert await state_of(phone, parts[0]) == "published"


async def test_a_repeat_is_accepted_already_and_changes_nothing(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    operations = await submitted(phone, parts[0])
    await phone.push(*operations)

    again = await phone.push(*operations)

    assert [v["verdict"] for v in again] == ["already_accepted", "already_accepted"]


async def test_the_same_id_with_other_bytes_is_refused(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    first = phone.check_in(parts[0])
    await phone.push(first)
    other = phone.check_in(parts[0])
    forged = phone.operation("part.check_in", other["operation"]["body"], id=first["operation"]["id"])

    verdict = (await phone.push(forged))[0]

    assert verdict["verdict"] == "rejected"
    assert verdict["problem"]["code"] == "id_reuse"


async def test_one_bad_record_stops_no_other(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    good = phone.check_in(parts[0])
    tampered = phone.check_in(parts[0])
    tampered["operation"]["captured_at"] = "2026-01-01T00:00:00.000Z"
    malformed: Json = {"operation": {"id": str(new_id()), "kind": "part.dance"}, "signature": "x"}
    foreign = phone.operation("part.check_in", good["operation"]["body"], device_id=str(new_id()))

    verdicts = await phone.push(malformed, tampered, foreign, good)

    assert [v["verdict"] for v in verdicts] == ["rejected", "rejected", "rejected", "accepted"]
    assert [v["problem"]["code"] for v in verdicts[:3]] == [
        "field.operation_malformed",
        "field.signature_invalid",
        "field.operation_foreign",
    ]
    assert verdicts[0]["operation_id"] == malformed["operation"]["id"]


async def test_what_depends_on_a_missing_operation_waits_for_it(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    check_in, submission = await submitted(phone, parts[0])

    waiting = (await phone.push(submission))[0]
    assert (waiting["verdict"], waiting["blocked_by"]) == ("blocked_by", check_in["operation"]["id"])

    assert [v["verdict"] for v in await phone.push(check_in, submission)] == ["accepted", "accepted"]


async def test_a_correction_supersedes_what_was_rejected(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    check_in = phone.check_in(parts[0])
    needs = [check_in["operation"]["id"]]
    wrong = phone.submission(parts[0], result_code="awaiting_follow_up", depends_on=needs)
    verdicts = await phone.push(check_in, wrong)
    assert verdicts[1]["problem"]["code"] == "inspections.result_code_wrong"

    corrected = phone.submission(parts[0], depends_on=needs, supersedes=wrong["operation"]["id"])

    assert (await phone.push(corrected))[0]["verdict"] == "accepted"


async def test_a_second_full_submission_goes_into_dispute_and_is_kept(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    await phone.push(*await submitted(phone, parts[0]))

    verdicts = await phone.push(*await submitted(phone, parts[0]))

    assert [v["verdict"] for v in verdicts] == ["accepted", "accepted_into_dispute"]


async def test_two_officers_sign_or_it_is_no_result(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    one = phone.submission(parts[0])["operation"]["body"]["officer_signatures"][:1]

    verdict = (await phone.push(phone.submission(parts[0], officer_signatures=one)))[0]

    assert verdict["problem"]["code"] == "inspections.signature_missing"
    assert verdict["problem"]["rule"] == "R3"


async def test_a_nonce_of_another_device_is_none(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    check_in = phone.operation("part.check_in", phone.check_in(parts[0])["operation"]["body"], nonce="AAAA")

    assert (await phone.push(check_in))[0]["problem"]["code"] == "field.nonce_invalid"
    assert "nonce" in ENVELOPE


async def test_a_part_of_others_is_refused(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    others = [part for part in parts[0]["inspection"]["parts"] if part["department"]["code"] == "health"]
    foreign = others[0] | {"inspection": parts[0]["inspection"], "checklist": parts[0]["checklist"]}

    verdict = (await phone.push(phone.check_in(foreign)))[0]

    assert verdict["problem"]["code"] == "inspections.part_not_yours"
