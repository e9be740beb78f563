"""The demonstration county and the people in it."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, cast

import httpx
from litestar import Litestar

from palmcheck.demonstration.county import DemoAccount
from palmcheck.kernel import jobs
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from tests.world.phone import Phone

Json = dict[str, Any]
SETTLE_SECONDS = 20


@dataclass
class World:
    """A county with logins; everybody acts through the API with a client of his own."""

    app: Litestar
    database: Database
    logins: list[DemoAccount]
    _clients: list[httpx.AsyncClient] = field(default_factory=list)

    def client(self) -> httpx.AsyncClient:
        """A client that is nobody yet."""
        client = client_of(self.app)
        self._clients.append(client)
        return client

    def login(self, role: str, department: str | None = None) -> DemoAccount:
        """The first login of a role, in a department if one is named (`市场监督管理局`)."""
        return next(x for x in self.logins if x.role == role and department in {None, x.department})

    async def sign_in(self, login: DemoAccount) -> httpx.AsyncClient:
        """Signs in at a desk."""
        client = self.client()
        body = {"username": login.username, "password": login.password}
        answer = await client.post("/api/accounts/sessions", json=body)
        assert answer.status_code == 201, answer.text
        return client

    async def team_lead(self) -> httpx.AsyncClient:
        """The team lead of the lead department, at a desk."""
        return await self.sign_in(self.login("team_lead"))

    async def phone(self, login: DemoAccount) -> Phone:
        """The login's own phone, enrolled, signed in and pulled."""
        phone = Phone(self.client())
        assert login.enrolment_code is not None
        await phone.enrol(login.enrolment_code, login.username, login.password)
        return phone

    async def issued_draw(self) -> Json:
        """Freezes, draws and issues the one task; waits until the inspections are there."""
        lead = await self.team_lead()
        task = (await lead.get("/api/planning/tasks")).json()["items"][0]
        draw = f"/api/draws/{new_id()}"
        assert (await lead.put(draw, json={"plan_task_id": task["id"]})).status_code == 200
        assert (await lead.post(f"{draw}/run")).status_code == 200
        answer = await lead.post(f"{draw}/issue")
        assert answer.status_code == 200, answer.text
        await self.settle()
        body: Json = answer.json()
        return body

    async def phone_with_parts(self, department: str = "市场监督管理局") -> tuple[Phone, list[Json]]:
        """A phone of the department that owns at least one part, with its parts."""
        await self.issued_draw()
        for login in self.logins:
            if login.role == "inspector" and login.department == department:
                phone = await self.phone(login)
                parts = await phone.my_parts()
                if parts:
                    return phone, parts
        raise AssertionError("no inspector of the department leads a part")

    async def settle(self) -> None:
        """Waits until no job is left; fails on a dead letter."""
        async with asyncio.timeout(SETTLE_SECONDS):
            while True:
                async with self.database.reading() as session:
                    left = await jobs.outstanding(session)
                assert "failed" not in left, "a job ended as a dead letter"
                if not left:
                    return
                await asyncio.sleep(0.02)

    async def close(self) -> None:
        """Closes every client."""
        for client in self._clients:
            await client.aclose()


def client_of(app: Litestar) -> httpx.AsyncClient:
    """A client of the app in this process."""
    transport = httpx.ASGITransport(cast("Any", app))
    return httpx.AsyncClient(transport=transport, base_url="http://palmcheck.test")


def assert_problem(answer: httpx.Response, code: str, **expected: object) -> Json:
    """The answer is this problem (RFC 9457), with these members."""
    assert answer.headers["content-type"].startswith("application/problem+json"), answer.text
    body: Json = answer.json()
    assert body["code"] == code, body
    assert body["status"] == answer.status_code
    for key, value in expected.items():
        assert body.get(key) == value, body
    return body
