"""The public list of items: what is retired is gone from it."""

import httpx

from tests.catalogue.conftest import Level


async def test_the_public_reads_what_is_listed(county: Level, client: httpx.AsyncClient) -> None:
    item = await county.list_item("JC-12")
    found = (await client.get("/api/public/items", params={"q": "处方药"})).json()["items"]
    assert [(each["code"], each["jurisdiction"], each["ratio_cap"]) for each in found] == [("JC-12", "临江县", 1500)]
    page = await client.get("/items")
    assert page.status_code == 200
    assert "处方药销售" in page.text
    assert "比例上限 15.0%" in page.text
    await county.office.post(f"/api/catalogue/items/{item['row']['id']}/retirement", json={"reason": "划转"})
    assert (await client.get("/api/public/items")).json()["items"] == []
    assert "没有符合条件的事项" in (await client.get("/items", params={"lang": "zh-CN"})).text
