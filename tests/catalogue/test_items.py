"""The list of items through its routes: listed, amended as a new version, retired, read by those who may."""

import io
from typing import Any

import pytest
import xlsxwriter

from palmcheck.catalogue.item_files import COLUMNS
from palmcheck.catalogue.items import joint_items
from palmcheck.kernel.ids import new_id
from tests.catalogue.conftest import Level
from tests.world.county import assert_problem


async def test_an_item_is_listed_once_and_read(county: Level) -> None:
    address, said = f"/api/catalogue/items/{new_id()}", county.item("JC-12")
    first = await county.office.put(address, json=said)
    assert first.status_code == 200, first.text
    assert first.headers["etag"] == '"1"'
    assert (await county.office.put(address, json=said)).json() == first.json()
    assert_problem(await county.office.put(address, json={**said, "name": "另一项"}), "id_reuse")
    found = (await county.office.get("/api/catalogue/items", params={"q": "处方药"})).json()
    assert [row["code"] for row in found["items"]] == ["JC-12"]
    assert found["items"][0]["joint_departments"][0]["code"] == "health"
    assert first.json()["item"] | said == first.json()["item"]


async def test_an_amendment_is_a_new_version_with_a_reason(county: Level) -> None:
    item = await county.list_item("JC-12")
    address = f"/api/catalogue/items/{item['row']['id']}/versions"
    body = {"item": county.item("JC-12", basis="《药品管理法》第五十八条"), "reason": "修法"}
    assert_problem(await county.office.post(address, json=body), "jurisdictions.version_needed")
    stale = await county.office.post(address, json=body, headers={"If-Match": '"7"'})
    assert_problem(stale, "jurisdictions.changed_meanwhile")
    without = {**body, "reason": " "}
    refused = await county.office.post(address, json=without, headers={"If-Match": '"1"'})
    assert_problem(refused, "jurisdictions.reason_missing")
    amended = (await county.office.post(address, json=body, headers={"If-Match": '"1"'})).json()
    assert [each["version"] for each in amended["versions"]] == [2, 1]
    assert amended["versions"][0]["reason"] == "修法"
    assert amended["versions"][1]["content"]["basis"] == item["item"]["basis"]
    again = await county.office.post(address, json=body)
    assert again.json()["row"]["version"] == 2
    history = (await county.auditor.get(f"/api/catalogue/items/{item['row']['id']}/history")).json()["items"]
    assert [each["name"] for each in history] == ["catalogue.check_item_amended", "catalogue.check_item_listed"]
    assert history[0]["payload"]["changed"] == ["basis"]
    assert all(each["by_name"] for each in history)


async def test_a_retired_item_stays_readable_and_is_touched_no_more(county: Level) -> None:
    item = (await county.list_item())["row"]
    address = f"/api/catalogue/items/{item['id']}"
    retired = await county.office.post(f"{address}/retirement", json={"reason": "职能划转"})
    assert retired.json()["row"]["retired_at"] is not None
    assert (await county.office.post(f"{address}/retirement", json={"reason": "职能划转"})).json() == retired.json()
    body = {"item": county.item(name="改"), "reason": "改"}
    answer = await county.office.post(f"{address}/versions", json=body, headers={"If-Match": '"2"'})
    assert_problem(answer, "catalogue.item_retired")
    listed = (await county.office.get("/api/catalogue/items", params={"standing": "listed"})).json()
    assert listed["items"] == []


async def test_a_slip_of_the_hand_is_undone_by_a_new_version(county: Level) -> None:
    address = f"/api/catalogue/items/{(await county.list_item())['row']['id']}"
    await county.office.post(f"{address}/retirement", json={"reason": "误"})
    assert not (await county.auditor.get(address)).json()["may_reinstate"]
    answer = await county.health.post(f"{address}/reinstatement", json={"reason": "不"})
    assert_problem(answer, "accounts.not_allowed")
    assert_problem(
        await county.office.post(f"{address}/reinstatement", json={"reason": " "}), "jurisdictions.reason_missing"
    )
    back = (await county.office.post(f"{address}/reinstatement", json={"reason": "误操作"})).json()
    assert (back["row"]["retired_at"], back["row"]["version"], back["may_edit"]) == (None, 3, True)
    assert [each["reason"] for each in back["versions"]] == ["误操作", "误", "listed"]
    assert (await county.office.post(f"{address}/reinstatement", json={"reason": "误操作"})).json() == back


@pytest.mark.parametrize(
    ("code", "other", "problem"),
    [
        ("JC-11", {"ratio_cap": 500}, "catalogue.ratio_cap_wrong"),
        ("JC-12", {"ratio_cap": None}, "catalogue.ratio_cap_wrong"),
        ("JC-12", {"ratios": {"D": 1501}}, "catalogue.ratio_over_cap"),
        ("JC-11", {"joint_department_ids": [str(new_id())]}, "catalogue.department_unknown"),
        ("JC-11", {"checklist_code": "CL-99"}, "catalogue.checklist_unknown"),
    ],
)
async def test_an_item_that_breaks_a_rule_is_refused(
    county: Level, code: str, other: dict[str, Any], problem: str
) -> None:
    answer = await county.office.put(f"/api/catalogue/items/{new_id()}", json=county.item(code, **other))
    assert_problem(answer, problem, field=next(iter(other)))


async def test_a_code_is_taken_once(county: Level) -> None:
    await county.list_item()
    answer = await county.office.put(f"/api/catalogue/items/{new_id()}", json=county.item())
    assert_problem(answer, "catalogue.item_code_taken", field="code")


async def test_an_administrator_edits_only_his_departments_items(county: Level) -> None:
    foreign = await county.list_item()
    assert not (await county.health.get(f"/api/catalogue/items/{foreign['row']['id']}")).json()["may_edit"]
    answer = await county.health.post(f"/api/catalogue/items/{foreign['row']['id']}/retirement", json={"reason": "不"})
    assert_problem(answer, "accounts.not_allowed")
    health = str(county.departments["health"].id)
    own = county.item("JC-15", department_id=health, joint_department_ids=[])
    assert (await county.health.put(f"/api/catalogue/items/{new_id()}", json=own)).status_code == 200
    assert_problem(await county.auditor.put(f"/api/catalogue/items/{new_id()}", json=own), "accounts.not_allowed")


async def test_the_level_above_reads_down_and_another_county_does_not(city: Level, county: Level) -> None:
    item = (await county.list_item())["row"]
    assert (await city.auditor.get(f"/api/catalogue/items/{item['id']}")).status_code == 200
    below = {"jurisdiction_id": str(county.id)}
    assert len((await city.office.get("/api/catalogue/items", params=below)).json()["items"]) == 1
    upper = (await city.list_item("JC-12"))["row"]
    assert_problem(await county.office.get(f"/api/catalogue/items/{upper['id']}"), "not_found")
    answer = await county.office.get("/api/catalogue/items", params={"jurisdiction_id": str(city.id)})
    assert_problem(answer, "not_found")


async def test_the_list_pages_by_key_in_both_directions(county: Level) -> None:
    for number in range(53):
        await county.list_item("JC-11", code=f"T-{number:02d}")
    for sort in ("code", "-code", "listed_at", "-listed_at"):
        first = (await county.office.get("/api/catalogue/items", params={"sort": sort})).json()
        params = {"sort": sort, "cursor": first["next"]}
        second = (await county.office.get("/api/catalogue/items", params=params)).json()
        codes = [row["code"] for row in first["items"] + second["items"]]
        assert sorted(codes) == [f"T-{number:02d}" for number in range(53)]
        if sort.endswith("code"):
            assert codes == sorted(codes, reverse=sort == "-code")
        assert second["next"] is None


async def test_a_list_goes_out_and_comes_in_unchanged(county: Level) -> None:
    await county.list_item("JC-11")
    await county.list_item("JC-12", visits_cap=2, note="待核")
    book = await county.office.get("/api/catalogue/items/export.xlsx")
    assert book.status_code == 200, book.text
    report = await county.office.post(
        "/api/catalogue/items/files", content=book.content, params={"filename": "清单.xlsx"}
    )
    assert report.json() == {"new": 0, "changed": 0, "unchanged": 2, "faults": []}


def book_of(*lines: dict[str, Any], title: bool = True, without: str = "") -> bytes:
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet = book.add_worksheet()
    top = 1 if title else 0
    if title:
        sheet.write(0, 0, "临江县部门联合抽查事项清单")
    heads = {field: head for field, head in COLUMNS.items() if field != without}
    sheet.write_row(top, 0, heads.values())
    for at, line in enumerate(lines, top + 1):
        for column, field in enumerate(heads):
            sheet.write(at, column, line.get(field, ""))
    book.close()
    return kept.getvalue()


GOOD = {
    "code": "JC-50",
    "big_class": "养老机构",
    "name": "服务安全",
    "department_id": "卫生健康局",
    "item_class": "一般",
    "ratio_cap": "１０％",
    "A": 3,
    "method": "现场检查",
    "basis": "《养老机构管理办法》",
}


async def test_good_lines_come_in_and_bad_ones_are_told(county: Level) -> None:
    await county.list_item("JC-11")
    book = book_of(
        GOOD,
        {**GOOD, "code": "JC-51", "department_id": "民政局"},
        {**GOOD, "code": "JC-52", "item_class": "重点"},
        {**GOOD, "code": "JC-53", "basis": ""},
        {**GOOD, "code": "JC-54", "A": "很多"},
        {**GOOD, "code": "JC-55", "D": 30},
        {**GOOD, "code": "JC-56", "checklist_code": "CL-99"},
        {**GOOD, "code": "JC-50"},
        {**GOOD, "code": "甲"},
    )
    answer = await county.office.post("/api/catalogue/items/files", content=book, params={"filename": "清单.xlsx"})
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert (report["new"], report["changed"], report["unchanged"]) == (1, 0, 0)
    assert [(each["line"], each["field"], each["rule"]) for each in report["faults"]] == [
        (4, "department_id", "unknown_department"),
        (5, "ratio_cap", "cap_of_class"),
        (6, "basis", "required"),
        (7, "A", "number"),
        (8, "ratio_cap", "ratio_over_cap"),
        (9, "checklist_code", "unknown_checklist"),
        (10, "code", "twice"),
        (11, "code", "shape"),
    ]
    listed = (await county.office.get("/api/catalogue/items", params={"q": "养老"})).json()["items"]
    assert [(row["code"], row["ratio_cap"]) for row in listed] == [("JC-50", 1000)]
    changed = book_of({**GOOD, "basis": "《养老机构管理办法》第五条"}, title=False)
    second = await county.office.post("/api/catalogue/items/files", content=changed, params={"filename": "新.xlsx"})
    assert second.json() == {"new": 0, "changed": 1, "unchanged": 0, "faults": []}


@pytest.mark.parametrize("content", [b"", b"no spreadsheet", b"PK\x03\x04broken", book_of(GOOD, without="basis")])
async def test_a_file_that_is_no_list_is_refused_whole(county: Level, content: bytes) -> None:
    answer = await county.office.post("/api/catalogue/items/files", content=content)
    assert_problem(answer, "catalogue.item_file_unreadable")


def test_the_joint_items_are_44_and_obey_their_caps() -> None:
    items = joint_items()
    assert len(items) == 44 == len({each.code for each in items})
    assert sum(each.item_class == "key" for each in items) == 18
    for each in items:
        assert (each.ratio_cap is None) == (each.item_class == "key")
        assert each.ratio_cap is None or max(each.ratios.values()) <= each.ratio_cap
        assert list(each.ratios.values()) == sorted(each.ratios.values())
    assert {each.code for each in items if each.doubtful} >= {"JC-14", "JC-15", "JC-16", "JC-26"}
