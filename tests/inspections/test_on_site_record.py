"""From the phone to the desk: results of their own, refusals, recusals, problems and what is opened with them."""

from typing import Any

import pytest

from palmcheck.kernel.ids import new_id
from tests.world.county import World, assert_problem
from tests.world.phone import CHILL_PHOTO, STROKES, Json, Phone, instant, photo_ref
from tests.world.pictures import jpeg

DOOR = jpeg("a closed door")
NOBODY: Json = {"answers": {}, "party": None, "rights_read_at": None, "certificates_shown": []}
WITNESS: Json = {"name": "王大妈", "role": "邻居", "strokes": STROKES, "signed_at": instant()}


def outcome(kind: str, **more: Any) -> Json:
    empty: Json = {"note": None, "photo_ids": [], "position": None, "no_position_because": None, "witness": None}
    return {"kind": kind, "attempts": [], "registry_doubt": True} | empty | more


def closed(phone: Phone, part: Json, door: Json, **changed: Any) -> Json:
    """A submission: the door is shut, here is its photo."""
    shut = outcome("closed", photo_ids=[door["id"]], no_position_because="denied")
    body: Json = {**NOBODY, "photos": [door], "outcome": shut, "result_code": "business_not_carried_on"} | changed
    return phone.submission(part, **body)


async def detail_of(world: World, part: Json) -> Json:
    """The part as the team lead reads it."""
    lead = await world.team_lead()
    found = (await lead.get(f"/api/inspections/{part['inspection']['id']}")).json()
    return next(each for each in found["parts"] if each["part"]["id"] == part["id"])


async def follow_ups(world: World, part: Json) -> list[Json]:
    lead = await world.team_lead()
    answer = await lead.get(f"/api/follow-ups/of-inspection/{part['inspection']['id']}")
    assert answer.status_code == 200, answer.text
    return [each for each in answer.json() if each["part_id"] == part["id"]]


async def test_a_closed_door_is_a_result_and_a_doubt_about_the_registry(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    door = photo_ref(DOOR, None)

    verdicts = await phone.push(phone.check_in(part), closed(phone, part, door))
    assert [each["verdict"] for each in verdicts] == ["accepted", "accepted"], verdicts
    assert (await phone.upload(part, door, DOOR)).status_code == 204
    await world.settle()

    detail = await detail_of(world, part)
    assert detail["part"]["state"] == "published"
    assert detail["part"]["result_code"] == "business_not_carried_on"
    assert await follow_ups(world, part) == []
    lead = await world.team_lead()
    (request,) = (await lead.get("/api/registry/corrections", params={"state": "draft"})).json()["items"]
    assert request["id"] == detail["submission"]["correction_id"]
    assert (request["field"], request["target"]["id"]) == ("status", part["inspection"]["target"]["id"])


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"outcome": outcome("closed")}, "inspections.outcome_unproven", "outcome.photo_ids"),
        ({"answers": {"site_notes": {"value": "好"}}}, "inspections.outcome_with_answers", "answers"),
        ({"result_code": "no_problem_found"}, "inspections.result_code_wrong", "result_code"),
        ({"officer_signatures": []}, "inspections.signature_missing", "officer_signatures"),
        ({"outcome": outcome("refused", note="拒绝")}, "inspections.outcome_unproven", "outcome.witness"),
    ],
)
async def test_an_outcome_without_its_evidence_is_no_result(world: World, change: Json, code: str, field: str) -> None:
    phone, (part, *_) = await world.phone_with_parts()

    verdict = (await phone.push(closed(phone, part, photo_ref(DOOR, None), **change)))[0]

    assert (verdict["problem"]["code"], verdict["problem"]["field"]) == (code, field)


async def test_refused_cooperation_needs_a_witness_and_the_shown_certificates(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    refused = {
        **NOBODY,
        "photos": [],
        "outcome": outcome("refused", note="老板拒绝入内", witness=WITNESS, registry_doubt=False),
        "result_code": "refused_to_cooperate",
    }
    hidden = (await phone.push(phone.submission(part, **refused)))[0]
    assert hidden["problem"]["code"] == "inspections.certificates_not_shown"

    del refused["certificates_shown"]
    assert (await phone.push(phone.submission(part, **refused)))[0]["verdict"] == "accepted"
    await world.settle()

    detail = await detail_of(world, part)
    assert (detail["part"]["state"], detail["submission"]["correction_id"]) == ("published", None)
    assert detail["submission"]["body"]["outcome"]["witness"]["name"] == "王大妈"


async def test_a_party_that_does_not_sign_needs_a_witness_or_a_photo(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    refusal: Json = {"kind": "refused", "reason": "有异议", "refused_at": instant(), "witness": None, "photo_ids": []}
    bare = (await phone.push(phone.submission(part, party=refusal)))[0]
    assert bare["problem"]["code"] == "inspections.witness_missing"
    nobody = (await phone.push(phone.submission(part, party=None)))[0]
    assert nobody["problem"]["code"] == "inspections.party_missing"
    unread = (await phone.push(phone.submission(part, rights_read_at=None)))[0]
    assert unread["problem"]["code"] == "inspections.rights_not_read"

    seen = phone.submission(part, party=refusal | {"witness": WITNESS})

    assert (await phone.push(seen))[0]["verdict"] == "accepted"


async def test_a_problem_opens_a_follow_up_once(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    spot, street = photo_ref(DOOR, None), str(new_id())
    problem = {"id": street, "question_key": None, "what": "门前堆物", "handling": "order_to_correct"}
    free = problem | {"due_on": "2099-12-31", "photo_ids": [spot["id"]]}
    late = phone.submission(part, problems=[free | {"due_on": "2020-01-01"}])
    assert (await phone.push(late))[0]["problem"]["code"] == "inspections.finding_does_not_fit"
    found = phone.submission(part, [spot], problems=[free], result_code="ordered_to_correct")

    assert (await phone.push(found))[0]["verdict"] == "accepted"
    assert (await phone.push(found))[0]["verdict"] == "already_accepted"
    await world.settle()

    (opened,) = await follow_ups(world, part)
    assert (opened["finding"], opened["kind"], opened["state"], opened["due_on"]) == (
        "门前堆物",
        "order_to_correct",
        "opened",
        "2099-12-31",
    )
    assert opened["photo_ids"] == [spot["id"]]


async def test_a_no_that_nobody_described_opens_one_too_with_the_proposed_day(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    content = part["checklist"]["content"]
    question = next(
        each
        for section in content["sections"]
        for each in section["questions"]
        if each.get("when_no") == "order_to_correct" and not each.get("photo_when") and not each.get("show_when")
    )
    body = phone.result(part, result_code="ordered_to_correct")
    body["answers"][question["key"]] = {"value": "no"}
    verdict = (await phone.push(phone.operation("part.submit", body)))[0]
    assert verdict["verdict"] == "accepted", verdict
    await world.settle()

    (opened,) = await follow_ups(world, part)

    rules = (await phone.pull())["rules"]
    assert opened["finding"] == question["text"]["zh-CN"]
    assert opened["due_on"] == rules["correct_by"][min(rules["correct_by"])]


async def test_the_lead_sees_that_the_enterprise_asked_an_officer_to_withdraw(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    asked = {
        "part_id": part["id"],
        "asked_by": "赵守业",
        "inspector_ids": [part["officers"][0]["inspector_id"]],
        "reason": "与检查人员有亲属关系",
        "asked_at": instant(),
        "goes_on": False,
    }
    stranger = phone.operation("part.recusal", asked | {"inspector_ids": [str(new_id())]})
    assert (await phone.push(stranger))[0]["problem"]["code"] == "inspections.officer_not_there"

    assert (await phone.push(phone.operation("part.recusal", asked)))[0]["verdict"] == "accepted"

    (seen,) = (await detail_of(world, part))["recusals"]
    assert (seen["reason"], seen["goes_on"]) == ("与检查人员有亲属关系", False)


async def test_the_lead_decides_between_two_full_results(world: World) -> None:
    phone, (part, *_) = await world.phone_with_parts()
    problem = {"id": str(new_id()), "question_key": None, "what": "积水", "handling": "case", "due_on": None}
    first = phone.submission(part, problems=[problem | {"photo_ids": []}], result_code="awaiting_follow_up")
    second = phone.submission(part)
    verdicts = await phone.push(first, second)
    assert [each["verdict"] for each in verdicts] == ["accepted", "accepted_into_dispute"]
    await world.settle()
    assert len(await follow_ups(world, part)) == 1
    detail = await detail_of(world, part)
    assert [each["state"] for each in detail["others"]] == ["disputed"]

    lead, decision = await world.team_lead(), f"/api/inspections/parts/{part['id']}/decision"
    chosen = {"submission_id": second["operation"]["id"], "because": "第一份填错了门店"}
    assert_problem(await phone.client.put(decision, json=chosen), "accounts.not_allowed")
    assert (await lead.put(decision, json=chosen)).status_code == 200
    assert (await lead.put(decision, json=chosen)).status_code == 200
    photo = second["operation"]["body"]["photos"][0]
    assert (await phone.upload(part, photo, CHILL_PHOTO)).status_code == 204
    await world.settle()

    detail = await detail_of(world, part)
    assert (detail["part"]["state"], detail["part"]["result_code"]) == ("published", "no_problem_found")
    assert [(each["state"], each["decided_because"]) for each in detail["others"]] == [
        ("set_aside", "第一份填错了门店")
    ]
    assert await follow_ups(world, part) == []
    other = chosen | {"submission_id": first["operation"]["id"]}
    assert_problem(await lead.put(decision, json=other), "inspections.nothing_to_decide")


async def test_two_departments_fill_in_their_own_parts_of_one_visit_on_two_phones(world: World) -> None:
    market, (part, *_) = await world.phone_with_parts()
    inspection = part["inspection"]["id"]
    leads = [login for login in world.logins if login.role == "inspector" and login.department == "卫生健康局"]
    owned = [
        (phone, each) for login in leads for phone in [await world.phone(login)] for each in await phone.my_parts()
    ]
    health, other = next(pair for pair in owned if pair[1]["inspection"]["id"] == inspection)

    assert (await market.push(market.submission(part)))[0]["verdict"] == "accepted"
    door = photo_ref(DOOR, None)
    assert (await health.push(closed(health, other, door)))[0]["verdict"] == "accepted"

    first, second = await detail_of(world, part), await detail_of(world, other)
    assert (first["part"]["result_code"], second["part"]["result_code"]) == (
        "no_problem_found",
        "business_not_carried_on",
    )
    assert first["others"] == second["others"] == []
