"""The command: `python -m tests.gallery OUT_FOLDER [--only PREFIX ...] [--readme FOLDER] [--axe] [--at URL …]`.

Starts a demonstration of its own, signs in as its people, walks through every screen of field app, console and public
pages, writes pictures and `index.html`, and ends with 1 and a list when something is wrong with a screen.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from tests.e2e.browser import CHROMIUM, FLAGS
from tests.e2e.field import check_in, enrol_and_sign_in, note_closed_door, submit_for_countersigning
from tests.e2e.photos import take_photo
from tests.e2e.running_system import start_system
from tests.gallery.addresses import Addresses
from tests.gallery.album import write_album
from tests.gallery.looking import Looker
from tests.gallery.readme import write_small
from tests.gallery.screens import SCREENS, Screen
from tests.gallery.walking import Picture, Walk

FEW_TARGETS = 6_000


def main() -> None:
    """Reads the arguments and walks."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument(
        "--only", default=[""], nargs="+", metavar="PREFIX", help="screens whose name begins so: field, console-draw"
    )
    parser.add_argument("--readme", type=Path, metavar="FOLDER", help="write the README's pictures there, small")
    parser.add_argument("--axe", action="store_true", help="run axe-core on each screen too")
    parser.add_argument("--at", metavar="URL", help="a demonstration that runs already")
    parser.add_argument("--logins", type=Path, help="its demo-accounts.json")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    sys.exit(asyncio.run(_run(asked)))


async def _run(asked: argparse.Namespace) -> int:
    async with AsyncExitStack() as stack:
        if asked.at:
            home, logins = asked.at, json.loads(asked.logins.read_text("utf-8"))
        else:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gallery-")))
            system = await start_system(folder, demo="large", targets=FEW_TARGETS)
            stack.push_async_callback(system.stop)
            home, logins = f"http://127.0.0.1:{system.port}", system.logins
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pictures, unseen = await _walk(browser, home, logins, asked)
    page = write_album(asked.out, pictures)
    if asked.readme:
        write_small(asked.out, asked.readme, pictures)
    return _tell(page, pictures, unseen)


async def _walk(
    browser: Browser, home: str, logins: list[dict[str, object]], asked: argparse.Namespace
) -> tuple[list[Picture], list[str]]:
    """Answers the pictures, and the screens that the demonstration has nothing to show on."""
    addresses = Addresses(home, logins)
    await addresses.look_up()
    walk = Walk(browser, home, asked.out, Looker(axe=asked.axe), lambda line: print(line, flush=True))
    wanted = [each for each in SCREENS if each.title.startswith(tuple(asked.only))]
    unseen = [each.title for each in wanted if addresses.fill(each.address) is None]
    seen = [each for each in wanted if each.title not in unseen]
    await _walk_as_somebody(walk, addresses, [each for each in seen if each.app != "field" or not each.role])
    await _walk_with_the_phone(walk, addresses, [each for each in seen if each.app == "field" and each.role])
    order = [each.title for each in SCREENS]
    return sorted(walk.pictures, key=lambda each: order.index(each.screen.title)), unseen


async def _walk_as_somebody(walk: Walk, addresses: Addresses, screens: list[Screen]) -> None:
    for app, role in dict.fromkeys((each.app, each.role) for each in screens):
        context = await walk.context()
        if role:
            login = addresses.login(role)
            body = {"username": login["username"], "password": login["password"]}
            answer = await context.request.post(f"{walk.home}/api/accounts/sessions", data=body)
            assert answer.ok, f"{login['username']} cannot sign in: {answer.status}"
        await _photograph(walk, context, addresses, [each for each in screens if (each.app, each.role) == (app, role)])
        await context.close()


async def _walk_with_the_phone(walk: Walk, addresses: Addresses, screens: list[Screen]) -> None:
    if not screens:
        return
    context = await walk.context()
    page = await context.new_page()
    expect.set_options(timeout=30_000)
    await _enrol(walk, context, addresses, addresses.inspector)
    here = [each for each in screens if each.stage == "before"]
    await _photograph(walk, context, addresses, [each for each in here if not each.arrived])
    after = [each for each in here if each.arrived]
    if after:
        page = await context.new_page()
        await page.goto(f"{walk.home}/app/tasks/{addresses.known['field_visit']}")
        await check_in(page)
        await page.close()
        await _photograph(walk, context, addresses, after)
    if addresses.colleague and len(here) < len(screens):
        await _countersign(walk, context, addresses, screens)
    await context.close()


async def _enrol(walk: Walk, context: BrowserContext, addresses: Addresses, login: dict[str, Any]) -> None:
    page = await context.new_page()
    expect.set_options(timeout=30_000)
    await enrol_and_sign_in(page, walk.home, login | {"enrolment_code": await addresses.enrolment_code(login)})
    await page.close()  # a second page of the app would say that the first one uploads


async def _countersign(walk: Walk, context: BrowserContext, addresses: Addresses, screens: list[Screen]) -> None:
    """Submits a closed door with a colleague to countersign, and takes the colleague's phone in hand."""
    part = f"{walk.home}/app/parts/{addresses.known['field_part']}"
    page = await context.new_page()
    await page.goto(f"{part}/not-inspected/closed")
    await note_closed_door(page, await take_photo(page, walk.out / "door.jpg"))
    await submit_for_countersigning(page)
    code = await page.get_by_test_id("countersign-spoken").inner_text()
    await page.close()
    await _photograph(walk, context, addresses, [each for each in screens if each.stage == "submitted"])
    his = await walk.context()
    await _enrol(walk, his, addresses, addresses.colleague)
    await _photograph(walk, his, addresses, [each for each in screens if each.stage == "colleague"])
    page = await his.new_page()
    await page.goto(f"{part}/countersign")
    await page.get_by_test_id("countersign-typed").fill(code)
    await page.get_by_test_id("countersign-sign").click()
    await expect(page.get_by_test_id("countersigned")).to_be_visible()
    await page.close()
    await _photograph(walk, his, addresses, [each for each in screens if each.stage == "countersigned"])
    await his.close()


async def _photograph(walk: Walk, context: BrowserContext, addresses: Addresses, screens: list[Screen]) -> None:
    await walk.photograph(context, [(each, addresses.fill(each.address) or "") for each in screens])


def _tell(page: Path, pictures: list[Picture], unseen: list[str]) -> int:
    """Prints what is wrong, a fault once for each screen; answers the exit code."""
    told: dict[tuple[str, str], list[str]] = {}
    for each in pictures:
        for fault in each.faults:
            told.setdefault((each.screen.title, fault), []).append(f"{each.language} {each.width} {each.scheme}")
    for (title, fault), where in told.items():
        print(f"{title}: {fault}  [{where[0]}{f' and {len(where) - 1} more' if len(where) > 1 else ''}]")
    for title in unseen:
        print(f"{title}: the demonstration has nothing to show here")
    print(f"{len(pictures)} pictures: {page}")
    return 1 if told or unseen else 0


if __name__ == "__main__":
    main()
