"""The pages behind the app: headers, search, paging, and what stands where there is nothing."""

import re

import httpx
import pytest

from palmcheck.kernel.paging import PAGE
from palmcheck.kernel.unit_of_work import Database
from palmcheck.publication import service
from tests.public.planting import CODE, plant

POLICY = {
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


async def page(client: httpx.AsyncClient, address: str, status: int = 200, **query: str) -> str:
    answer = await client.get(address, params=query or None)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert set(answer.headers["content-security-policy"].split("; ")) == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in answer.headers
    return answer.text


async def test_a_record_is_found_and_read(client: httpx.AsyncClient, database: Database) -> None:
    record = await plant(database, "临江鲜老火锅店")
    listed = await page(client, "/", q="ljx")
    assert f'href="/records/{record}"' in listed
    shown = await page(client, f"/records/{record}")
    for text in ("临江鲜老火锅店", CODE, "食品经营许可检查", "LJ2026-01", "2026年11月23日", "第 3 个工作日公示"):
        assert text in shown
    assert f'href="/api/public/records/{record}"' in shown


async def test_the_language_stays(client: httpx.AsyncClient, database: Database) -> None:
    record = await plant(database, "临江鲜老火锅店")
    listed = await page(client, "/", lang="en")
    assert f'href="/records/{record}?lang=en"' in listed
    assert '<input type="hidden" name="lang" value="en">' in listed
    assert 'href="/?lang=zh-CN"' in listed
    assert "No problem found" in listed


async def test_paging_keeps_the_query(client: httpx.AsyncClient, database: Database) -> None:
    for n in range(PAGE + 2):
        await plant(database, f"临江店{n}", minutes=n)
    first = await page(client, "/", q="临江")
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = await page(client, following[1].replace("&amp;", "&"))
    assert first.count("public-record-row") == PAGE
    assert second.count("public-record-row") == 2
    assert 'value="临江"' in second
    assert 'rel="next"' not in second


async def test_an_empty_list_says_what_to_do(client: httpx.AsyncClient, database: Database) -> None:
    assert "暂无公示的检查结果" in await page(client, "/")
    await plant(database, "望山旅馆")
    nothing = await page(client, "/", q="临江")
    assert "没有找到“临江”的检查结果" in nothing
    assert "拼音首字母" in nothing


async def test_one_character_is_answered_with_a_hint(client: httpx.AsyncClient, database: Database) -> None:
    await plant(database, "临江鲜老火锅店")
    assert "多输几个字，结果更准" in await page(client, "/", q="临")
    assert "多输几个字，结果更准" not in await page(client, "/", q="临江")


NOT_HERE = ("/records/not-an-id", "/records/01a223de-37fb-72ef-87db-4a5ebe7551a9", "/no/such/page")


@pytest.mark.parametrize("address", NOT_HERE)
async def test_an_unknown_address_is_a_page_in_plain_words(client: httpx.AsyncClient, address: str) -> None:
    shown = await page(client, address, 404)
    assert "没有这个页面" in shown
    assert "public-search" in shown


async def test_a_broken_cursor_is_a_page_too(client: httpx.AsyncClient) -> None:
    assert "这个地址打不开" in await page(client, "/", 400, cursor="xx")


async def test_our_own_failure_is_told_without_its_details(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("a table's name")

    monkeypatch.setattr(service, "search_records", fail)
    shown = await page(client, "/", 500)
    assert "暂时打不开" in shown
    assert "table" not in shown.replace("<table", "")


async def test_the_api_keeps_its_problems(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/no-such-thing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_a_page_that_is_known_is_not_sent_again(client: httpx.AsyncClient) -> None:
    etag = (await client.get("/")).headers["etag"]
    again = await client.get("/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-security-policy" in again.headers
    head = await client.head("/")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", etag)


async def test_the_stylesheet_is_kept_under_its_own_address(client: httpx.AsyncClient) -> None:
    address = re.search(r'rel="stylesheet" href="([^"]+)"', await page(client, "/"))
    assert address is not None
    named = await client.get(address[1])
    assert named.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in named.headers["cache-control"]
    assert "immutable" not in (await client.get("/public/style.css?v=old")).headers["cache-control"]
