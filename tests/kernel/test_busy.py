"""Two writes in each other's way: one of them is told to come again, and has left nothing behind."""

import asyncio

import httpx
from litestar import Litestar, post
from litestar.di import Provide
from sqlalchemy import text

from palmcheck.kernel.unit_of_work import Database
from palmcheck.kernel.web import OpenTx, handle_any, open_tx
from tests.world.county import assert_problem, client_of

LOCK = text("select pg_advisory_xact_lock(:key)")


async def test_one_of_two_that_wait_for_each_other_is_told_to_come_again(database: Database) -> None:
    met = asyncio.Barrier(2)

    @post("/{first:int}/{second:int}")
    async def cross(tx: OpenTx, first: int, second: int) -> None:
        await tx.session.execute(LOCK, {"key": first})
        await met.wait()
        await tx.session.execute(LOCK, {"key": second})

    app = Litestar(
        [cross], dependencies={"tx": Provide(open_tx)}, exception_handlers={Exception: handle_any}, openapi_config=None
    )
    app.state.database = database
    async with client_of(app) as client:
        answers = await asyncio.gather(client.post("/1/2"), client.post("/2/1"))

    (refused,) = [each for each in answers if each.status_code != httpx.codes.CREATED]
    assert_problem(refused, "busy")
    assert refused.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert refused.headers["Retry-After"] == "1"
