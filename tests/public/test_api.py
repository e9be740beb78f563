"""The public JSON API: what it finds, how it is cached, and what it never shows."""

from uuid import UUID

import httpx
import pytest

from palmcheck.kernel.ids import new_id
from palmcheck.kernel.paging import PAGE
from palmcheck.kernel.unit_of_work import Database
from tests.public.planting import CODE, plant
from tests.public.waiting import until
from tests.world.county import Json, assert_problem

RECORDS = "/api/public/records"
FIELDS = {
    *("id", "version", "plan_task", "draw_kind", "department", "jurisdiction", "method", "completed_on"),
    *("jurisdiction_id", "department_id", "plan_task_id", "enterprise_key", "industry_section"),
    "corrected_because",
    *("published_at", "target", "result_code", "result_sentence", "items", "channel", "working_days_used", "url"),
}


async def found(client: httpx.AsyncClient, **query: str) -> list[str]:
    answer = await client.get(RECORDS, params=query)
    assert answer.status_code == 200, answer.text
    return [item["target"]["name"] for item in answer.json()["items"]]


@pytest.mark.parametrize("q", ["江鲜", "老火锅", "ljx", "LJX", "临江鲜 老火锅店", CODE, CODE[8:14], "临"])
async def test_search_finds_by_name_initials_and_code(client: httpx.AsyncClient, database: Database, q: str) -> None:
    await plant(database, "临江鲜老火锅店")
    await plant(database, "望山旅馆", "92510000MB0000000X")
    assert await found(client, q=q) == ["临江鲜老火锅店"]


async def test_one_character_does_not_find_everything(client: httpx.AsyncClient, database: Database) -> None:
    await plant(database, "临江鲜老火锅店")
    assert await found(client, q="锅") == []


@pytest.mark.parametrize("q", ["", "  ", "\u3000", "\x00", "\u200b"])
async def test_an_empty_query_lists_the_newest(client: httpx.AsyncClient, database: Database, q: str) -> None:
    await plant(database, "早的", minutes=1)
    await plant(database, "晚的", minutes=2)
    assert await found(client, q=q) == ["晚的", "早的"]


@pytest.mark.parametrize("q", ["%' or 1=1 --", "__", "%%", "\x00临江", "\udcff".encode("utf-8", "replace").decode()])
async def test_strange_queries_find_nothing_and_break_nothing(
    client: httpx.AsyncClient, database: Database, q: str
) -> None:
    await plant(database, "望山旅馆")
    assert await found(client, q=q) == []


async def test_a_query_has_a_longest_length(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get(RECORDS, params={"q": "临" * 101}), "invalid_request", field="q")


async def test_pages_follow_each_other_without_gap_or_repeat(client: httpx.AsyncClient, database: Database) -> None:
    planted = {str(await plant(database, f"店{n}", minutes=n // 3)) for n in range(PAGE + 5)}
    first = (await client.get(RECORDS)).json()
    second = (await client.get(RECORDS, params={"cursor": first["next"]})).json()
    ids = [item["id"] for item in first["items"] + second["items"]]
    assert len(ids) == len(planted)
    assert set(ids) == planted
    assert second["next"] is None


async def test_a_made_up_cursor_is_refused(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get(RECORDS, params={"cursor": "xx"}), "cursor_invalid", field="cursor")


async def test_a_record_shows_its_fields_and_nothing_else(client: httpx.AsyncClient, database: Database) -> None:
    """What a later version might leave in a body by mistake stays inside."""
    secret = "不公开"
    leaked: Json = {"phone": secret, "statement": secret, "photos": [secret], "officers": [{"name": secret}]}
    items = [{"code": "SC-01", "name": "食品", "result_code": "other", "remark": secret}]
    target = {"name": "临江鲜", "credit_code": CODE, "address": secret, "legal_representative": secret}
    record = await plant(database, "临江鲜", items=items, target=target, **leaked)
    for address in (f"{RECORDS}/{record}", RECORDS, f"/records/{record}", "/"):
        answer = await client.get(address)
        assert answer.status_code == 200
        assert secret not in answer.text.replace("签名不公开", "").replace("内容不公开", "")
    shown = (await client.get(f"{RECORDS}/{record}")).json()
    assert shown.keys() == FIELDS
    assert shown["target"].keys() == {"name", "credit_code"}
    assert shown["plan_task"].keys() == {"number", "name"}
    assert shown["items"][0].keys() == {"code", "name", "result_code", "result_sentence"}


async def test_sentences_follow_the_reader(client: httpx.AsyncClient, database: Database) -> None:
    record = await plant(database, "临江鲜")
    said = [
        (await client.get(f"{RECORDS}/{record}", params=query, headers=headers)).json()["result_sentence"]
        for query, headers in [({}, {}), ({"lang": "en"}, {}), ({}, {"Accept-Language": "en-GB,zh;q=0.5"})]
    ]
    assert said == ["未发现问题", "No problem found", "No problem found"]


async def test_any_site_may_read(client: httpx.AsyncClient, database: Database) -> None:
    record = await plant(database, "临江鲜")
    for address in (RECORDS, f"{RECORDS}/{record}", f"{RECORDS}/{new_id()}"):
        answer = await client.get(address, headers={"Origin": "https://news.invalid"})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers


async def test_what_is_known_is_not_sent_again(client: httpx.AsyncClient, database: Database) -> None:
    address = f"{RECORDS}/{await plant(database, '临江鲜')}"
    first = await client.get(address)
    assert first.headers["cache-control"] == "public, max-age=30, stale-while-revalidate=30"
    assert first.headers["vary"] == "Accept-Language"
    etag = first.headers["etag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = await client.get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
        assert again.headers["access-control-allow-origin"] == "*"
    english = await client.get(address, params={"lang": "en"}, headers={"If-None-Match": etag})
    assert english.status_code == 200


async def test_a_list_changes_its_etag_with_a_new_record(client: httpx.AsyncClient, database: Database) -> None:
    etag = (await client.get(RECORDS)).headers["etag"]
    await plant(database, "临江鲜")

    async def changed() -> bool:
        return (await client.get(RECORDS, headers={"If-None-Match": etag})).status_code == 200

    await until(changed)  # the database tells each process, a moment later


@pytest.mark.parametrize("id", [UUID(int=0), "not-an-id"])
async def test_an_unknown_record_is_a_problem(client: httpx.AsyncClient, id: object) -> None:
    assert_problem(await client.get(f"{RECORDS}/{id}"), "not_found")
