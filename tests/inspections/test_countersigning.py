"""Countersigning on a phone of one's own (R3): before or after the submission, by the whole hash or its typed start."""

from typing import Any

import pytest

from palmcheck.kernel.canonical import digest
from tests.inspections.test_on_site_record import detail_of
from tests.world.county import World, assert_problem
from tests.world.phone import CHILL_PHOTO, Json, Phone, instant


class Pair:
    """The lead officer's phone and his colleague's, at one part."""

    def __init__(self, lead: Phone, colleague: Phone, part: Json, everybody: list[Phone]) -> None:
        self.lead, self.colleague, self.part, self.everybody = lead, colleague, part, everybody
        self.sent: Json = {}

    def submission(self) -> Json:
        """Signed on the screen by the lead officer alone; the colleague is named as countersigner."""
        body = self.lead.result(self.part)
        body["officer_signatures"] = body["officer_signatures"][:1]
        body["countersigners"] = [self.part["officers"][1]["inspector_id"]]
        return self.lead.operation("part.submit", body)

    def countersignature(self, signed: str, by: Phone | None = None) -> Json:
        body = {"part_id": self.part["id"], "submission_sha256": signed, "signed_at": instant()}
        return (by or self.colleague).operation("part.countersign", body)

    async def photo(self) -> None:
        (ref,) = self.sent["operation"]["body"]["photos"]
        assert (await self.lead.upload(self.part, ref, CHILL_PHOTO)).status_code == 204

    async def submit(self) -> str:
        self.sent = self.submission()
        assert (await self.lead.push(self.sent))[0]["verdict"] == "accepted"
        await self.photo()
        return digest(self.sent["operation"])


@pytest.fixture
async def pair(world: World) -> Pair:
    await world.issued_draw()
    phones = [await world.phone(login) for login in world.logins if login.role == "inspector"]
    known = {phone.inspector_id: phone for phone in phones}
    for phone in phones:
        for part in await phone.my_parts():
            colleagues = [known[each["inspector_id"]] for each in part["officers"][1:] if each["inspector_id"] in known]
            if colleagues:
                return Pair(phone, colleagues[0], part, phones)
    raise AssertionError("no two officers of one part have phones")


async def verdict(phone: Phone, operation: Json) -> Any:
    return (await phone.push(operation))[0]


async def test_a_part_waits_for_the_colleagues_signature(world: World, pair: Pair) -> None:
    signed = await pair.submit()
    before = await detail_of(world, pair.part)
    assert before["part"]["state"] == "awaiting_photos"
    assert before["awaited_countersigners"] == [pair.colleague.inspector_id]

    own = pair.countersignature(signed)
    assert (await verdict(pair.colleague, own))["verdict"] == "accepted"
    assert (await verdict(pair.colleague, own))["verdict"] == "already_accepted"

    after = await detail_of(world, pair.part)
    assert after["part"]["state"] in {"complete", "published"}
    assert after["awaited_countersigners"] == []
    (proof,) = after["countersignatures"]
    assert (proof["inspector_id"], proof["submission_id"]) == (
        pair.colleague.inspector_id,
        pair.sent["operation"]["id"],
    )


async def test_it_may_come_before_its_submission_and_be_typed(world: World, pair: Pair) -> None:
    pair.sent = pair.submission()
    start = digest(pair.sent["operation"])[:20]
    assert (await verdict(pair.colleague, pair.countersignature(start)))["verdict"] == "accepted"
    waiting = await detail_of(world, pair.part)
    assert [each["submission_id"] for each in waiting["countersignatures"]] == [None]

    assert (await verdict(pair.lead, pair.sent))["verdict"] == "accepted"
    await pair.photo()

    assert (await detail_of(world, pair.part))["part"]["state"] in {"complete", "published"}


async def test_the_signature_of_another_text_completes_nothing(world: World, pair: Pair) -> None:
    await pair.submit()
    await verdict(pair.colleague, pair.countersignature("0" * 64))

    detail = await detail_of(world, pair.part)

    assert detail["part"]["state"] == "awaiting_photos"
    assert detail["awaited_countersigners"] == [pair.colleague.inspector_id]


async def test_nobody_countersigns_what_his_own_phone_submits(pair: Pair) -> None:
    own = await verdict(pair.lead, pair.countersignature("0" * 64, by=pair.lead))
    assert own["problem"]["code"] == "inspections.countersigns_own"
    body = pair.lead.result(pair.part)
    named = {"officer_signatures": [], "countersigners": [each["inspector_id"] for each in pair.part["officers"]]}
    alone = await verdict(pair.lead, pair.lead.operation("part.submit", body | named))
    assert alone["problem"]["code"] == "inspections.signature_missing"


async def test_a_stranger_countersigns_nothing(pair: Pair) -> None:
    there = {officer["inspector_id"] for officer in pair.part["officers"]}
    stranger = next(phone for phone in pair.everybody if phone.inspector_id not in there)

    refused = await verdict(stranger, pair.countersignature("0" * 64, by=stranger))

    assert refused["problem"]["code"] == "inspections.part_not_yours"


async def test_the_lead_lets_a_part_wait_no_longer(world: World, pair: Pair) -> None:
    await pair.submit()
    place = f"/api/inspections/parts/{pair.part['id']}/countersigners/{pair.colleague.inspector_id}/waiver"
    decision = {"submission_id": pair.sent["operation"]["id"], "because": "该同志已调离，无法会签。"}
    lead = await world.team_lead()
    assert_problem(await pair.lead.client.put(place, json=decision), "accounts.not_allowed")

    answers = [await lead.put(place, json=decision) for _ in range(2)]

    assert {answer.status_code for answer in answers} == {200}, answers[0].text
    assert_problem(await lead.put(place, json=decision | {"because": "别的"}), "id_reuse", field="because")
    detail = await detail_of(world, pair.part)
    assert detail["part"]["state"] in {"complete", "published"}
    assert (detail["awaited_countersigners"], detail["countersignatures"]) == ([], [])
    (waiver,) = detail["waivers"]
    assert (waiver["inspector_id"], waiver["because"]) == (pair.colleague.inspector_id, decision["because"])


async def test_only_an_awaited_signature_is_let_go(world: World, pair: Pair) -> None:
    signed = await pair.submit()
    await verdict(pair.colleague, pair.countersignature(signed))
    place = f"/api/inspections/parts/{pair.part['id']}/countersigners/{pair.colleague.inspector_id}/waiver"
    decision = {"submission_id": pair.sent["operation"]["id"], "because": "无法会签。"}

    refused = await (await world.team_lead()).put(place, json=decision)

    assert_problem(refused, "inspections.countersigner_not_awaited", field="inspector_id")
