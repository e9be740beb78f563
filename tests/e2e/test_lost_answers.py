"""The network that takes and does not give back: requests arrive, answers are lost. Nothing goes in twice."""

from pathlib import Path

import pytest
from playwright.async_api import Playwright, expect

from palmcheck.kernel.ids import new_id
from tests.e2e import field
from tests.e2e.browser import PHONE, open_browser
from tests.e2e.cutting_proxy import CuttingProxy
from tests.e2e.people import issued_visits, login_of, signed_in
from tests.e2e.photos import take_photo
from tests.e2e.running_system import RunningSystem

pytestmark = pytest.mark.e2e
PUBLISHED_MS = 60_000


async def test_a_refused_signature_goes_through_lost_answers_once(
    system: RunningSystem, proxy: CuttingProxy, playwright: Playwright, tmp_path: Path
) -> None:
    home = f"http://127.0.0.1:{proxy.port}"
    await draw_by_api(system)
    visit = (await issued_visits(system))[0]
    phone = await open_browser(playwright, tmp_path / "phone", PHONE)
    page = await phone.new_page()
    await field.enrol_and_sign_in(page, home, login_of(system, "inspector", visit["market_lead"]))
    await page.locator(f"[data-testid=task-row][data-inspection-id='{visit['id']}']").click()
    await field.check_in(page)
    await field.answer_all(page, await take_photo(page, tmp_path / "photo.jpg"))
    await field.sign_with_refusal(page)

    proxy.lose_answers = True
    await page.get_by_test_id("submit").click()
    await expect(page.get_by_test_id("state-unsent")).to_be_visible()
    await page.wait_for_timeout(3_000)
    proxy.cut()
    proxy.mend()
    await page.reload()

    await expect(page.get_by_test_id("state-published")).to_be_visible(timeout=PUBLISHED_MS)
    await phone.close()
    async with signed_in(system, "auditor") as auditor:
        detail = (await auditor.get(f"/api/inspections/{visit['id']}")).json()
        found = (await auditor.get("/api/public/records")).json()["items"]
    part = next(each for each in detail["parts"] if each["submission"])
    assert part["submission"]["body"]["party"]["kind"] == "refused"
    assert len(part["submission"]["photos_arrived"]) == 2
    assert len(found) == 1


async def draw_by_api(system: RunningSystem) -> None:
    """Freeze, draw, issue."""
    async with signed_in(system, "team_lead") as lead:
        task = (await lead.get("/api/planning/tasks")).json()["items"][0]
        draw = f"/api/draws/{new_id()}"
        await lead.put(draw, json={"plan_task_id": task["id"]})
        await lead.post(f"{draw}/run")
        assert (await lead.post(f"{draw}/issue")).status_code == 200
