"""Finding targets through the API."""

import io

import pytest
import python_calamine

from palmcheck.kernel.paging import PAGE
from tests.registry.desks import TARGETS, desk, entered, names
from tests.world.county import World, assert_problem


@pytest.mark.parametrize("q", ["老灶", "沿河老灶", "yhlz", "YHLZ", "92510198MA000001", "临江县 沿河", "ｙｈｌｚ"])
async def test_a_target_is_found_by_name_initials_and_code(world: World, q: str) -> None:
    lead = await world.team_lead()
    assert "临江县沿河老灶火锅店" in await names(lead, q=q)


@pytest.mark.parametrize("q", ["绿源面馆", "xyz", "99999999", "%", "_", "' or 1=1 --", "\x00", "{}"])
async def test_what_is_not_there_is_not_found(world: World, q: str) -> None:
    lead = await world.team_lead()
    found = await names(lead, q=q)
    assert found == [] or q == "\x00"


async def test_one_character_finds_starts_of_names_only(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    await entered(clerk, name="重庆小面")
    await entered(clerk, name="小面重来")
    assert await names(clerk, q="重") == ["重庆小面"]
    assert await names(clerk, q="c") == ["重庆小面"]
    assert len(await names(clerk, q="临")) == 12


async def test_what_begins_so_comes_first(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    for name in ("啊老灶铺", "老灶铺"):
        await entered(clerk, name=name)
    assert (await names(clerk, q="老灶"))[0] == "老灶铺"
    assert await names(clerk, q="老灶", sort="name") == ["啊老灶铺", "老灶铺", "临江县沿河老灶火锅店"]


async def test_order_by_pinyin_code_and_newest(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    for name in ("鑫源铺", "西安铺", "八珍铺", "安安铺"):
        await entered(clerk, name=name)
    by_name = [name for name in await names(clerk) if name.endswith("铺")]
    assert by_name == ["安安铺", "八珍铺", "西安铺", "鑫源铺"]
    assert (await names(clerk, sort="-name")) == list(reversed(await names(clerk, sort="name")))
    assert (await names(clerk, sort="newest"))[:2] == ["安安铺", "八珍铺"]
    assert (await names(clerk, sort="credit_code"))[-1] == "安安铺"
    assert (await names(clerk, sort="credit_code"))[0] == "临江县江月餐饮管理有限公司"
    assert (await names(clerk, sort="-credit_code"))[0] != "安安铺"


@pytest.mark.parametrize("sort", ["name", "-name", "credit_code", "-credit_code", "newest", "match"])
@pytest.mark.parametrize("q", ["", "连锁"])
async def test_pages_follow_each_other_without_gap_or_repeat(world: World, sort: str, q: str) -> None:
    clerk = await desk(world, "department_administrator")
    for number in range(PAGE + 3):
        await entered(clerk, name=f"连锁{number % 4}店", address=f"{number}号")
    query = {"sort": sort, "q": q} if q else {"sort": sort.replace("match", "name")}
    first = (await clerk.get(TARGETS, params=query)).json()
    second = (await clerk.get(TARGETS, params={**query, "cursor": first["next"]})).json()
    ids = [each["id"] for each in first["items"] + second["items"]]
    assert len(ids) == len(set(ids)) == PAGE + 3 + (0 if q else 12)
    assert second["next"] is None


async def test_filters_and_tags_narrow_the_list(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    school = await entered(clerk, name="第一小学食堂", credit_risk_class="D", industry={"code": "8321", "name": "小学"})
    tagged = await clerk.put(f"{TARGETS}/{school['id']}/tags", json={"tags": ["学校食堂", "重点"]})
    assert tagged.json()["target"]["tags"] == sorted(["重点", "学校食堂"])
    assert await names(clerk, tag="学校食堂") == ["第一小学食堂"]
    assert await names(clerk, tag="学校食堂", q="小学") == ["第一小学食堂"]
    assert_problem(await clerk.get(TARGETS, params={"tag": "kind=enterprise"}), "invalid_request")
    assert await names(clerk, industry="83") == ["第一小学食堂"]
    assert await names(clerk, kind="cooperative") == ["临江县绿源农家菜专业合作社"]
    assert len(await names(clerk, credit_risk_class="D", industry="62")) == 2
    assert_problem(await clerk.get(TARGETS, params={"industry": "6'"}), "invalid_request")


async def test_a_thousand_candidates_are_ranked_and_said_to_be_a_part(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("palmcheck.registry.searching.CANDIDATES", 5)
    lead = await world.team_lead()
    answer = (await lead.get(TARGETS, params={"q": "临江"})).json()
    assert answer["capped"] is True
    assert len(answer["items"]) == 5
    assert (await lead.get(TARGETS, params={"q": "老灶"})).json()["capped"] is False


async def test_the_spreadsheet_has_all_that_fit_not_only_what_a_search_ranks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("palmcheck.registry.searching.CANDIDATES", 5)
    lead = await world.team_lead()
    answer = await lead.get(f"{TARGETS}/export.xlsx", params={"q": "临江", "sort": "-credit_code"})
    rows = list(python_calamine.load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).iter_rows())
    codes = [str(row[2]) for row in rows[1:]]
    assert len(codes) == 12
    assert codes == sorted(codes, reverse=True)
