"""Claims, implementation items, and checklists from the first draft to the version that never changes."""

from typing import Any

import msgspec

from palmcheck.catalogue.checklists import shipped_checklist
from palmcheck.kernel.ids import new_id
from tests.catalogue.conftest import Level
from tests.world.county import assert_problem

BASE = "/api/catalogue"


async def test_an_upper_item_is_claimed_drawn_up_broken_down_and_compliant(city: Level, county: Level) -> None:
    upper = (await city.list_item("JC-15"))["row"]["id"]
    board = (await county.office.get(f"{BASE}/upper-items", params={"standing": "to_claim"})).json()
    assert ([row["id"] for row in board["items"]], board["total"], board["claimed"]) == ([upper], 1, 0)
    health = str(county.departments["health"].id)
    body = {"id": str(new_id()), "department_id": health}
    claimed = await county.health.put(f"{BASE}/upper-items/{upper}/claim", json=body)
    assert claimed.status_code == 200, claimed.text
    assert claimed.json()["row"]["claimed"]
    assert (await county.health.put(f"{BASE}/upper-items/{upper}/claim", json=body)).json() == claimed.json()
    other = await county.health.put(f"{BASE}/upper-items/{upper}/claim", json={**body, "id": str(new_id())})
    assert_problem(other, "catalogue.already_claimed")

    address = f"{BASE}/implementation-items/{new_id()}"
    words = {"basis": "依据", "subject": "卫生健康局", "content": "许可与消毒", "method": "现场检查"}
    drawn = {"check_item_id": body["id"], "department_id": health, **words}
    assert (await county.health.put(address, json=drawn)).status_code == 200
    again = await county.health.put(f"{BASE}/implementation-items/{new_id()}", json=drawn)
    assert_problem(again, "catalogue.already_drawn_up")
    assert_problem(await county.health.put(f"{address}/compliance"), "catalogue.not_broken_down")
    assert (await county.health.put(f"{address}/unit", json={"unit": "综合监督股"})).status_code == 200
    assert (await county.health.put(f"{address}/compliance")).json()["state"] == "compliant"
    changed = await county.health.put(address, json={**drawn, "content": "许可"}, headers={"If-Match": '"1"'})
    assert (changed.json()["state"], changed.json()["version"]) == ("drawn_up", 2)
    board = (await county.auditor.get(f"{BASE}/upper-items")).json()
    assert [board[name] for name in ("total", "claimed", "drawn_up", "broken_down", "compliant")] == [1, 1, 1, 1, 0]
    for standing in ("claimed", "drawn_up", "broken_down", "not_compliant"):
        assert [row["id"] for row in await rows_of(county, standing)] == [upper], standing
    for standing in ("to_claim", "not_drawn_up", "not_broken_down", "compliant"):
        assert await rows_of(county, standing) == [], standing
    retired = await city.office.post(f"{BASE}/items/{upper}/retirement", json={"reason": "合并"})
    assert retired.json()["may_reinstate"]
    board = (await county.auditor.get(f"{BASE}/upper-items")).json()
    assert [board[name] for name in ("total", "claimed", "drawn_up", "broken_down", "compliant")] == [0] * 5


async def rows_of(county: Level, standing: str) -> list[dict[str, Any]]:
    """The rows behind one figure of the board."""
    found: list[dict[str, Any]] = (
        await county.auditor.get(f"{BASE}/upper-items", params={"standing": standing})
    ).json()["items"]
    return found


async def test_what_the_list_above_lacks_is_reported_and_answered(city: Level, county: Level) -> None:
    address = f"{BASE}/missing-items/{new_id()}"
    health = str(county.departments["health"].id)
    body = {"department_id": health, "name": "托育机构", "basis": "《办法》", "reason": "本地较多"}
    assert (await county.health.put(address, json=body)).json()["state"] == "sent"
    assert (await county.health.put(address, json=body)).status_code == 200
    assert_problem(
        await county.office.put(f"{address}/answer", json={"state": "declined", "answer": "否"}), "not_found"
    )
    seen = (await city.office.get(f"{BASE}/missing-items")).json()["items"]
    assert [each["may_answer"] for each in seen] == [True]
    taken = {"state": "taken_up", "answer": "列入下次修订"}
    assert (await city.office.put(f"{address}/answer", json=taken)).json()["state"] == "taken_up"
    other = await city.office.put(f"{address}/answer", json={"state": "declined", "answer": "否"})
    assert_problem(other, "catalogue.already_answered")
    above = await city.office.put(
        f"{BASE}/missing-items/{new_id()}",
        json={**body, "department_id": str(city.departments["health"].id)},
    )
    assert_problem(above, "catalogue.nothing_above")


async def test_a_draft_may_be_wrong_until_it_is_published_and_then_never_changes(county: Level) -> None:
    address, form = f"{BASE}/checklist-drafts/{new_id()}", good()
    wrong = {**form, "title": {"zh-CN": "", "en": ""}}
    begun = await county.office.put(address, json={"code": "CL-20", "content": wrong})
    assert begun.status_code == 200, begun.text
    assert [each["rule"] for each in begun.json()["mistakes"]] == ["title_words", "title_words"]
    refused = await county.office.post(f"{address}/publication", headers={"If-Match": '"1"'})
    assert_problem(refused, "catalogue.draft_faulty", field="content")
    mended = {"code": "CL-20", "content": form}
    stale = await county.office.put(address, json=mended, headers={"If-Match": '"9"'})
    assert_problem(stale, "jurisdictions.changed_meanwhile")
    assert (await county.office.put(address, json=mended, headers={"If-Match": '"1"'})).json()["mistakes"] == []
    published = await county.office.post(f"{address}/publication", headers={"If-Match": '"2"'})
    assert (published.json()["code"], published.json()["version"]) == ("CL-20", 1)
    assert (await county.office.post(f"{address}/publication")).json() == published.json()
    later = await county.office.put(address, json={"code": "CL-20", "content": wrong}, headers={"If-Match": '"2"'})
    assert_problem(later, "catalogue.draft_published")
    second = f"{BASE}/checklist-drafts/{new_id()}"
    assert (await county.office.put(second, json=mended)).json()["next_version"] == 2
    assert (await county.office.post(f"{second}/publication", headers={"If-Match": '"1"'})).json()["version"] == 2
    listed = (await county.auditor.get(f"{BASE}/checklists")).json()["items"]
    assert [(row["code"], row["version"]) for row in listed] == [("CL-20", 2)]
    both = (await county.auditor.get(f"{BASE}/checklists", params={"code": "CL-20"})).json()["items"]
    assert [row["version"] for row in both] == [2, 1]
    checked = await county.office.post(f"{BASE}/checklist-checks", json={})
    assert [each["rule"] for each in checked.json()["items"]][-1] == "sections_missing"
    assert_problem(await county.auditor.put(second, json=mended), "accounts.not_allowed")


async def test_what_no_database_takes_is_refused(county: Level) -> None:
    address = f"{BASE}/checklist-drafts/{new_id()}"
    for bad in ({"a": "\x00"}, {"a": 2**70}):
        answer = await county.office.put(address, json={"code": "CL-21", "content": bad})
        assert_problem(answer, "invalid_request", field="content")


def good() -> dict[str, Any]:
    """A form without a mistake."""
    form: dict[str, Any] = msgspec.to_builtins(shipped_checklist("CL-05"))
    return form
