"""What anybody reads of the catalogue: what is retired leaves the list and stays readable; forms are for everybody."""

import io

import httpx
import msgspec
from python_calamine import CalamineWorkbook

from palmcheck.catalogue.checklists import shipped_checklist
from palmcheck.kernel.ids import new_id
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


async def test_one_item_shows_what_each_version_changed_and_keeps_class_ratios_inside(
    county: Level, client: httpx.AsyncClient
) -> None:
    row = (await county.list_item("JC-12"))["row"]
    address = f"/api/catalogue/items/{row['id']}"
    amended = {"item": county.item("JC-12", ratio_cap=2000), "reason": "省里放宽"}
    assert (await county.office.post(f"{address}/versions", json=amended, headers={"If-Match": '"1"'})).is_success
    await county.office.post(f"{address}/retirement", json={"reason": "划转"})
    found = (await client.get(f"/api/public/items/{row['id']}")).json()
    assert [each["reason"] for each in found["versions"]] == ["划转", "省里放宽", None]
    assert found["versions"][1]["changes"] == [{"field": "ratio_cap", "before": "15%", "after": "20%"}]
    assert "ratios" not in str(found)
    page = (await client.get(f"/items/{row['id']}")).text
    assert "不再据此开展检查" in page
    assert "省里放宽" in page
    assert (await client.get("/items/nonsense")).status_code == 404


async def test_a_form_is_read_and_printed_by_anybody(county: Level, client: httpx.AsyncClient) -> None:
    form = msgspec.to_builtins(shipped_checklist("CL-03"))
    draft = f"/api/catalogue/checklist-drafts/{new_id()}"
    assert (await county.office.put(draft, json={"code": "CL-03", "content": form})).is_success
    id = (await county.office.post(f"{draft}/publication", headers={"If-Match": '"1"'})).json()["id"]
    await county.list_item("JC-12", checklist_code="CL-03")
    (row,) = (await client.get("/api/public/checklists", params={"q": "药品"})).json()["items"]
    assert (row["id"], row["jurisdiction"], row["version"]) == (id, "临江县", 1)
    paper = await client.get(f"/checklists/{id}")
    assert paper.text.count("paper-question") == row["questions"]
    assert "时填写" in paper.text
    english = (await client.get(f"/checklists/{id}", params={"lang": "en"})).text
    assert "Only if question" in english
    assert "CL-03" in (await client.get("/checklists")).text
    book = CalamineWorkbook.from_filelike(io.BytesIO((await client.get("/items.xlsx")).content))
    assert [line[1] for line in book.get_sheet_by_index(0).to_python()] == ["事项编号", "JC-12"]
