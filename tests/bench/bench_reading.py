"""Reading a public record at speed, beside its limits (design.md section 9).

    python -m tests.bench.bench_reading [--seconds N]

Behind nginx with the configuration of infra/nginx, a record that it keeps is read at half the rate of a file of the
same size that nginx serves, or more. The app alone, one process, reads it at 70 % of the rate of Litestar answering
constant bytes, or more. Each rate is taken in turn with its floor, so that a busy machine slows both. Needs Debian's
`nginx-light` and `wrk`.
"""

import argparse
import asyncio
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import httpx

from palmcheck.kernel import embedded_postgres
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.embedded_postgres import APP, OWNER
from palmcheck.kernel.unit_of_work import Database
from palmcheck.migrations.upgrade import migrate
from tests.public.nginx import NGINX, running_nginx
from tests.public.planting import plant
from tests.world.served import served_app

OF_NGINX, OF_LITESTAR = 0.50, 0.70
ROUNDS, CONNECTIONS = 3, 32
WRK = shutil.which("wrk")
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
Asked = tuple[str, dict[str, str]]


async def rate(asked: Asked, seconds: int) -> float:
    """Requests a second that `wrk` gets answered. Raises ValueError if any was refused."""
    address, headers = asked
    named = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    wrk = await asyncio.create_subprocess_exec(
        str(WRK), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *named, address, stdout=asyncio.subprocess.PIPE
    )
    said = (await wrk.communicate())[0].decode()
    found = RATE.search(said)
    if found is None or "Non-2xx" in said:
        raise ValueError(f"{address}: {said}")
    return float(found[1])


async def compare(what: str, ours: Asked, floor: Asked, limit: float, seconds: int) -> bool:
    """Prints our rate beside the floor's; whether the limit holds."""
    pairs = [(await rate(floor, seconds), await rate(ours, seconds)) for _ in range(ROUNDS)]
    share = median(mine / most for most, mine in pairs)
    most, mine = (median(each) for each in zip(*pairs, strict=True))
    word = "" if share >= limit else "  BELOW"
    print(f"{what:38}{mine:9,.0f}/s of {most:9,.0f}/s {share:5.0%}  limit {limit:.0%}{word}", flush=True)
    return share >= limit


async def behind_nginx(folder: Path, base: str, addresses: Sequence[str], seconds: int) -> bool:
    """Kept answers against files of the same size."""
    holds = True
    async with running_nginx(folder / "nginx", [base]) as (front, files), httpx.AsyncClient() as client:
        for address in addresses:
            answer = await client.get(front + address, headers={"Accept-Encoding": "identity"})
            name = f"{len(answer.content)}.html"
            (folder / "nginx" / "files" / name).write_bytes(answer.content)
            ours: Asked = (front + address, {})
            floor: Asked = (f"{files}/{name}", {})
            holds &= await compare(f"nginx: {_short(address)}", ours, floor, OF_NGINX, seconds)
    return holds


async def app_alone(folder: Path, base: str, addresses: Sequence[str], seconds: int) -> bool:
    """One process of ours against one that answers constant bytes; also what a reader knows already."""
    holds = True
    for address in addresses:
        async with httpx.AsyncClient() as client:
            answer = await client.get(base + address, headers={"Accept-Encoding": "identity"})
        os.environ["PALMCHECK_BENCH_BYTES"] = str(len(answer.content))
        async with served_app("none", folder, factory="tests.bench.constant_app:create_app") as constant:
            floor: Asked = (f"{constant}/constant", {})
            holds &= await compare(f"app: {_short(address)}", (base + address, {}), floor, OF_LITESTAR, seconds)
            known = {"If-None-Match": answer.headers["etag"]}
            holds &= await compare(f"app: {_short(address)}, 304", (base + address, known), floor, OF_LITESTAR, seconds)
    return holds


def _short(address: str) -> str:
    return address.rpartition("/")[0] + "/…"


async def _run(folder: Path, seconds: int) -> bool:
    server = embedded_postgres.start(folder / "postgres", durable=False)
    try:
        await embedded_postgres.ensure_roles(server)
        await migrate(server.url(OWNER), app_role=APP)
        engine = open_engine(server.url(APP))
        record = await plant(Database(engine), "临江鲜老火锅店")
        await engine.dispose()
        addresses = (f"/records/{record}", f"/api/public/records/{record}")
        async with served_app(server.url(APP), folder) as base:
            holds = await app_alone(folder, base, addresses, seconds)
            holds &= await behind_nginx(folder, base, addresses, seconds)
        print(f"load {os.getloadavg()[0]:.1f}; " + ("limits hold" if holds else "A LIMIT DOES NOT HOLD"))
    finally:
        server.stop()
    return holds


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3, help="how long each rate is taken")
    asked = parser.parse_args()
    if NGINX is None or WRK is None:
        sys.exit("needs nginx and wrk: apt-get install nginx-light wrk")
    with tempfile.TemporaryDirectory(prefix="bench-reading-") as folder:
        os.chmod(folder, 0o755)  # the database runs as another user
        sys.exit(0 if asyncio.run(_run(Path(folder), asked.seconds)) else 1)


if __name__ == "__main__":
    main()
