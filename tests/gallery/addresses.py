"""The ids that addresses need, asked of the running system as its people would."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from palmcheck.kernel.clock import SHANGHAI

PLAN = re.compile(r'href="/plans/([0-9a-f-]{36})"')
SETTING = "publication.clock"
Row = dict[str, Any]


@dataclass
class Addresses:
    """Fills an address's places; what was looked up once is kept."""

    home: str
    logins: list[Row]
    known: dict[str, str] = field(default_factory=dict)
    inspector: Row = field(default_factory=dict)
    colleague: Row = field(default_factory=dict)

    def login(self, role: str) -> Row:
        """The login that looks at a role's screens."""
        if role == "inspector" and self.inspector:
            return self.inspector
        return self.logins_of(role)[0]

    def logins_of(self, role: str) -> list[Row]:
        """The logins of a role in the place of the first of them."""
        of_role = [each for each in self.logins if each["role"] == role]
        return [each for each in of_role if each.get("jurisdiction") == of_role[0].get("jurisdiction")]

    async def look_up(self) -> None:
        """Asks for every id."""
        lead = await self._client(self.login("team_lead"))
        office = await self._client(self.login("joint_office"))
        administrator = await self._client(self.login("department_administrator"))
        await self._of_the_lead(lead)
        await self._of_the_office(office)
        await self._of_the_administrator(administrator)
        for client in (lead, office, administrator):
            await client.aclose()
        await self._of_an_inspector()

    async def _client(self, login: Row) -> httpx.AsyncClient:
        client = httpx.AsyncClient(base_url=self.home, timeout=60)
        body = {"username": login["username"], "password": login["password"]}
        (await client.post("/api/accounts/sessions", json=body)).raise_for_status()
        return client

    async def _of_the_lead(self, lead: httpx.AsyncClient) -> None:
        tasks = await _items(lead, "/api/planning/tasks")
        today = f"{datetime.now(SHANGHAI):%Y-%m-%d}"
        self._know(
            "task", [each for each in tasks if each["state"] == "published" and each["planned_draw_on"] <= today]
        )
        self._know("drawn_task", [each for each in tasks if each["state"] == "issued"])
        self._know("done_visit", await _items(lead, "/api/inspections?state=published"))
        of_department = [
            each
            for each in await _items(lead, "/api/publication/records?stage=published")
            if each["department"]["name"] == self.login("team_lead")["department"]
        ]
        self._know("published_part", [each | {"id": each["part_id"]} for each in of_department])
        self._know("open_visit", await _items(lead, "/api/inspections?state=issued"))
        async with httpx.AsyncClient(base_url=self.home) as anybody:
            await self._of_a_record(anybody)
            self._know("public_item", await _items(anybody, "/api/public/items"))
            self._know("public_checklist", await _items(anybody, "/api/public/checklists"))

    async def _of_a_record(self, anybody: httpx.AsyncClient) -> None:
        """The newest record, and the pages that it leads to."""
        records = await _items(anybody, "/api/public/records")
        self._know("record", records)
        for record in records[:1]:
            self.known |= {
                "enterprise": record["enterprise_key"],
                "department": record["department_id"],
                "public_task": record["plan_task_id"],
            }
        plan = PLAN.search((await anybody.get("/plans")).text)
        if plan:
            self.known["plan"] = plan[1]

    async def _of_the_office(self, office: httpx.AsyncClient) -> None:
        self.known["setting"] = SETTING
        self._know("account", await _items(office, "/api/accounts/users/"))
        self._know("item", await _items(office, "/api/catalogue/items"))
        drafts = await _items(office, "/api/catalogue/checklist-drafts")
        self._know("draft", drafts)

    async def _of_the_administrator(self, administrator: httpx.AsyncClient) -> None:
        targets = await _items(administrator, "/api/registry/targets?tag=民生关注") or await _items(
            administrator, "/api/registry/targets"
        )
        self._know("target", targets)
        self._know("inspector", await _items(administrator, "/api/registry/inspectors"))
        self._know("expert", await _items(administrator, "/api/registry/experts"))

    async def _of_an_inspector(self) -> None:
        """An inspector who leads an open part, with a colleague who can sign in: desk and phones have work to show."""
        people = {each["display_name"]: each for each in self.logins_of("inspector")}
        for login in people.values():
            client = await self._client(login)
            visits = await _items(client, "/api/inspections?state=issued")
            await client.aclose()
            for visit in visits:
                for part in visit["parts"]:
                    lead, *others = [each["name"] for each in part["officers"]]
                    if part["state"] != "issued" or lead != login["display_name"]:
                        continue
                    with_whom = [people[each] for each in others if each in people]
                    if with_whom or not self.inspector:
                        self.known |= {"field_visit": visit["id"], "field_part": part["id"]}
                        self.inspector = login
                    if with_whom:
                        self.colleague = with_whom[0]
                        return

    async def enrolment_code(self, login: Row) -> str:
        """A new code for an inspector's phone, from the office: the walk may come by again."""
        office = await self._client(self.login("joint_office"))
        found = await _items(office, f"/api/accounts/users/?q={login['username']}")
        answer = await office.post(f"/api/accounts/users/{found[0]['id']}/enrolment-code")
        answer.raise_for_status()
        await office.aclose()
        code: str = answer.json()["code"]
        return code

    def _know(self, name: str, rows: list[Row]) -> None:
        if rows:
            self.known[name] = str(rows[0]["id"])

    def fill(self, address: str) -> str | None:
        """The address with its ids; None if the system has nothing to show there."""
        try:
            return address.format_map(self.known)
        except KeyError:
            return None


async def _items(client: httpx.AsyncClient, path: str) -> list[Row]:
    answer = await client.get(path)
    answer.raise_for_status()
    found: list[Row] = answer.json()["items"]
    return found
