"""Entering and changing targets, and what is known about them."""

from io import BytesIO

import httpx
import pytest
from python_calamine import CalamineWorkbook
from stdnum.cn import uscc

from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.ids import new_id
from tests.registry.desks import PLAIN, TARGETS, desk, entered, names, put
from tests.world.county import Json, World, assert_problem


def code(number: int) -> str:
    body = f"92510198MB{number:06d}X"
    return str(body + uscc.calc_check_digit(body))


async def read(client: httpx.AsyncClient, id: str) -> tuple[Json, str]:
    answer = await client.get(f"{TARGETS}/{id}")
    assert answer.status_code == 200, answer.text
    return answer.json(), answer.headers["etag"]


async def test_a_repeat_enters_one_target(world: World) -> None:
    clerk, id = await desk(world, "department_administrator"), new_id()
    first, again = await put(clerk, id), await put(clerk, id)
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert first.headers["etag"] == again.headers["etag"]
    assert_problem(await put(clerk, id, name="别的店"), "registry.version_needed")
    assert await names(clerk, q="新开") == ["临江县新开面馆"]


async def test_who_saw_an_older_row_is_told(world: World) -> None:
    clerk, other = await desk(world, "department_administrator"), await desk(world, "department_administrator")
    id = (await entered(clerk))["id"]
    _, seen = await read(clerk, id)
    assert (await put(other, id, seen, address="临江县新址1号")).status_code == 200
    assert_problem(await put(clerk, id, seen, address="临江县新址2号"), "registry.edited_meanwhile")
    assert (await put(other, id, seen, address="临江县新址1号")).status_code == 200, "a repeat is the same edit"


async def test_codes_are_checked_and_belong_to_one_target(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    assert_problem(
        await put(clerk, credit_code="92510198MA0000137A"), "registry.credit_code_invalid", field="credit_code"
    )
    first = await entered(clerk, credit_code=code(1).lower())
    assert first["credit_code"] == code(1)
    told = assert_problem(await put(clerk, credit_code=code(1)), "registry.code_taken", field="credit_code")
    assert told["params"]["target_id"] == first["id"]
    old = await entered(clerk, name="老字号", registration_number="５１０１９８６０００００１２３")
    assert old["registration_number"] == "510198600000123"
    assert await names(clerk, q="5101986000") == ["老字号"]


async def test_a_product_names_the_entity_that_answers_for_it(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    entity = await entered(clerk)
    assert_problem(await put(clerk, kind="product"), "registry.responsible_needed", field="responsible_id")
    assert_problem(await put(clerk, kind="project", responsible_id=str(new_id())), "registry.responsible_unknown")
    assert_problem(await put(clerk, responsible_id=entity["id"]), "registry.responsible_not_wanted")
    product = await entered(clerk, name="自制泡菜", kind="product", responsible_id=entity["id"])
    assert_problem(await put(clerk, kind="behaviour", responsible_id=product["id"]), "registry.responsible_unknown")
    detail, _ = await read(clerk, product["id"])
    assert detail["responsible"]["id"] == entity["id"]
    assert [each["name"] for each in (await read(clerk, entity["id"]))[0]["answers_for"]] == ["自制泡菜"]


async def test_status_and_class_keep_their_history_with_reasons(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    id = (await entered(clerk))["id"]
    _, etag = await read(clerk, id)
    assert_problem(await put(clerk, id, etag, credit_risk_class="D"), "registry.reason_needed", field="reason")
    changed = await put(clerk, id, etag, credit_risk_class="D", reason="三年内两次处罚")
    assert changed.status_code == 200
    await put(clerk, id, changed.headers["etag"], credit_risk_class="D", status="revoked", reason="已吊销")
    standing = (await read(clerk, id))[0]["standing"]
    assert [(each["aspect"], each["before"], each["after"], each["reason"]) for each in standing] == [
        ("status", "operating", "revoked", "已吊销"),
        ("credit_risk_class", "B", "D", "三年内两次处罚"),
    ]


async def test_facts_of_three_years_count(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    id, today = (await entered(clerk))["id"], law_date(now())
    fact = {"kind": "penalty", "source": "临江县市场监督管理局", "content": "未公示食品经营许可证，罚款500元"}
    days = {"penalty": [today, today.replace(year=today.year - 4)], "upheld_complaint": [today]}
    for kind, happened in days.items():
        for day in happened:
            url = f"{TARGETS}/{id}/facts/{new_id()}"
            for _ in range(2):
                answer = await clerk.put(url, json={**fact, "kind": kind, "happened_on": day.isoformat()})
                assert answer.status_code == 200, answer.text
    detail, _ = await read(clerk, id)
    assert detail["fact_count"]["penalties"] == detail["fact_count"]["upheld_complaints"] == 1
    assert sorted(each["counts"] for each in detail["facts"]) == [False, True, True]
    office = await world.sign_in(world.login("joint_office"))
    change = {"value": 5, "reason": "省里要求看五年"}
    setting = await office.put(
        "/api/jurisdictions/settings/risk.penalty_years", json=change, headers={"if-match": '"0"'}
    )
    assert setting.status_code == 200, setting.text
    detail, _ = await read(clerk, id)
    assert (detail["fact_count"]["penalties"], detail["fact_count"]["upheld_complaints"]) == (2, 1)
    assert_problem(await clerk.put(url, json={**fact, "happened_on": "2020-01-01"}), "id_reuse")
    ahead = {**fact, "happened_on": today.replace(year=today.year + 1).isoformat()}
    assert_problem(
        await clerk.put(f"{TARGETS}/{id}/facts/{new_id()}", json=ahead), "registry.fact_in_future", field="happened_on"
    )


async def test_tags_have_families_and_rules(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    id = (await entered(clerk))["id"]
    assert (await clerk.put("/api/registry/tags/学校食堂", json={"family": "industry"})).status_code == 200
    await clerk.put(f"{TARGETS}/{id}/tags", json={"tags": [" 学校食堂", "网红店"]})
    tags = {each["name"]: each["family"] for each in (await clerk.get("/api/registry/tags")).json()["items"]}
    assert tags == {"学校食堂": "industry", "网红店": "free"}
    for bad in ("kind=enterprise", " ", "长" * 21):
        told = await clerk.put(f"{TARGETS}/{id}/tags", json={"tags": [bad]})
        assert_problem(told, "registry.tag_invalid", field="tags")


async def test_a_correction_request_goes_from_draft_to_answer(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    id = (await entered(clerk))["id"]
    url = f"{TARGETS}/{id}/corrections/{new_id()}"
    letter = {
        "authority": "临江县行政审批局",
        "field": "address",
        "proposed": "临江县人民路19号",
        "grounds": "现场核查",
    }
    drafted = (await clerk.put(url, json=letter)).json()["corrections"][0]
    assert (drafted["state"], drafted["recorded"]) == ("draft", PLAIN["address"])
    assert_problem(
        await clerk.put(f"{url}/answer", json={"accepted": True, "answer": "已更正"}), "registry.correction_not_sent"
    )
    for _ in range(2):
        assert (await clerk.post(f"{url}/send")).json()["corrections"][0]["state"] == "sent"
    assert_problem(await clerk.put(url, json={**letter, "proposed": "别处"}), "registry.correction_not_draft")
    for _ in range(2):
        answered = (await clerk.put(f"{url}/answer", json={"accepted": True, "answer": "已更正"})).json()
    assert answered["corrections"][0]["state"] == "answered"
    listed = (await clerk.get("/api/registry/corrections", params={"state": "answered"})).json()["items"]
    assert [each["target"]["id"] for each in listed] == [id]
    assert (await clerk.get("/api/registry/corrections", params={"state": "draft"})).json()["items"] == []


async def test_the_trail_tells_a_targets_history(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    id = (await entered(clerk))["id"]
    _, etag = await read(clerk, id)
    await put(clerk, id, etag, address="临江县新址1号")
    history = (await clerk.get(f"{TARGETS}/{id}/history")).json()["items"]
    assert [each["name"] for each in history] == ["registry.target_changed", "registry.target_entered"]
    assert history[0]["payload"]["fields"] == ["address"]
    assert "人民路" not in str(history), "the trail keeps no addresses or names (R18)"


@pytest.mark.parametrize("role", ["team_lead", "auditor", "joint_office", "inspector", "system_administrator"])
async def test_only_administrators_edit(world: World, role: str) -> None:
    clerk, reader = await desk(world, "department_administrator"), await desk(world, role)  # type: ignore[arg-type]
    id = (await entered(clerk))["id"]
    assert_problem(await put(reader), "accounts.not_allowed")
    reads = (await reader.get(f"{TARGETS}/{id}")).status_code
    assert reads == (200 if role in {"team_lead", "auditor", "joint_office"} else 403)


async def test_an_administrator_edits_what_concerns_the_own_department(world: World) -> None:
    market, health = (
        await desk(world, "department_administrator"),
        await desk(world, "department_administrator", "health"),
    )
    id = (await entered(market))["id"]
    detail, etag = await read(health, id)
    assert detail["may_edit"] is False
    assert_problem(await put(health, id, etag, address="别处"), "accounts.not_allowed")
    everybodys = (await health.get(TARGETS, params={"q": "老灶"})).json()["items"][0]["id"]
    assert (await read(health, everybodys))[0]["may_edit"] is True


async def test_the_list_goes_out_as_a_spreadsheet(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    await entered(clerk, name="=1+1 面馆")
    answer = await clerk.get(f"{TARGETS}/export.xlsx", params={"industry": "62"})
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["名称", "类型", "统一社会信用代码"]
    assert len(rows) == 14
    assert "=1+1 面馆" in {row[0] for row in rows}, "a name is text and never a formula"
