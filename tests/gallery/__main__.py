"""The command: `python -m tests.gallery OUT_FOLDER [--only PREFIX] [--axe] [--at URL --logins FILE]`.

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

from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from tests.e2e.browser import CHROMIUM, FLAGS
from tests.e2e.field import check_in, enrol_and_sign_in
from tests.e2e.running_system import start_system
from tests.gallery.addresses import Addresses
from tests.gallery.album import write_album
from tests.gallery.looking import Looker
from tests.gallery.screens import SCREENS, Screen
from tests.gallery.walking import Picture, Walk

FEW_TARGETS = 6_000


def main() -> None:
    """Reads the arguments and walks."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument(
        "--only", default="", metavar="PREFIX", help="screens whose name begins so: field, console-draw"
    )
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
    return _tell(page, pictures, unseen)


async def _walk(
    browser: Browser, home: str, logins: list[dict[str, object]], asked: argparse.Namespace
) -> tuple[list[Picture], list[str]]:
    """Answers the pictures, and the screens that the demonstration has nothing to show on."""
    addresses = Addresses(home, logins)
    await addresses.look_up()
    walk = Walk(browser, home, asked.out, Looker(axe=asked.axe), lambda line: print(line, flush=True))
    wanted = [each for each in SCREENS if each.title.startswith(asked.only)]
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
    login = addresses.inspector | {"enrolment_code": await addresses.enrolment_code()}
    await enrol_and_sign_in(page, walk.home, login)
    await page.close()  # a second page of the app would say that the first one uploads
    await _photograph(walk, context, addresses, [each for each in screens if not each.arrived])
    after = [each for each in screens if each.arrived]
    if after:
        page = await context.new_page()
        await page.goto(f"{walk.home}/app/tasks/{addresses.known['field_visit']}")
        await check_in(page)
        await page.close()
        await _photograph(walk, context, addresses, after)
    await context.close()


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
