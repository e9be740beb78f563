"""A city with two counties, and everybody in them; all act through the API."""

from dataclasses import dataclass, field
from uuid import UUID

import httpx
from litestar import Litestar

from palmcheck.accounts import service as accounts
from palmcheck.accounts.types import NewAccount, Role
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.types import NewDepartment, NewJurisdiction
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from tests.world.county import client_of
from tests.world.phone import Json

TESTS = SystemActor("tests")
PASSWORD = "a password of the tests"
USERS = "/api/accounts/users"
DEVICES_PATH = "/api/accounts/enrolled-devices"
DEPARTMENTS = (NewDepartment("market_regulation", "市场监督管理局"), NewDepartment("health", "卫生健康局"))
BOUND = ("inspector", "team_lead", "department_administrator")
FREE = ("joint_office", "auditor", "system_administrator")


@dataclass
class Place:
    """A jurisdiction with the ids of its departments."""

    id: UUID
    departments: dict[str, UUID]


@dataclass
class Person:
    """Somebody with an account."""

    id: UUID
    username: str
    client: httpx.AsyncClient

    @property
    def path(self) -> str:
        return f"{USERS}/{self.id}"


@dataclass
class Region:
    """The city of 川南市 above the counties 东江县 and 西山县."""

    app: Litestar
    database: Database
    city: Place
    east: Place
    west: Place
    _clients: list[httpx.AsyncClient] = field(default_factory=list)
    _count: int = 0

    async def person(
        self,
        role: Role,
        place: Place | None = None,
        department: str | None = None,
        *,
        name: str = "",
        signed_in: bool = True,
    ) -> Person:
        """An account of a role; in the east county's market regulation bureau unless said otherwise."""
        place = place or self.east
        if role in BOUND and department is None:
            department = "market_regulation"
        self._count += 1
        username = f"{role.replace('_', '.')}.{self._count}"
        department_id = place.departments[department] if department else None
        inspector_id = new_id() if role == "inspector" else None
        new = NewAccount(username, name or role, PASSWORD, (role,), department_id, inspector_id)
        async with self.database.unit_of_work() as tx:
            id = await accounts.open_account(tx, TESTS, place.id, new)
        person = Person(id, username, client_of(self.app))
        self._clients.append(person.client)
        if signed_in:
            assert (await self.sign_in(person.client, username)).status_code == 201
        return person

    async def sign_in(self, client: httpx.AsyncClient, username: str, password: str = PASSWORD) -> httpx.Response:
        """Signs in at a desk."""
        body = {"username": username, "password": password}
        return await client.post("/api/accounts/sessions", json=body)

    async def enrolment_code(self, place: Place, person: Person) -> str:
        """A code for a phone of this person, whoever may give it."""
        async with self.database.unit_of_work() as tx:
            return await accounts.issue_enrolment_code(tx, TESTS, place.id, person.id)

    def client(self) -> httpx.AsyncClient:
        """A client that is nobody yet."""
        client = client_of(self.app)
        self._clients.append(client)
        return client

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()


async def found_region(app: Litestar, database: Database) -> Region:
    """Founds the three jurisdictions."""
    places: list[Place] = []
    async with database.unit_of_work() as tx:
        for code, name, level in (
            ("511000", "川南市", "city"),
            ("511021", "东江县", "county"),
            ("511022", "西山县", "county"),
        ):
            parent = places[0].id if places else None
            new = NewJurisdiction(new_id(), code, name, level, DEPARTMENTS, parent)
            made = await jurisdictions.found_jurisdiction(tx, TESTS, new)
            places.append(Place(new.id, {each.code: each.id for each in made}))
    city, east, west = places
    return Region(app, database, city, east, west)


def to_open(username: str, department: UUID | None, *roles: str, name: str = "赵明远") -> Json:
    """The body that opens an account."""
    department_id = str(department) if department else None
    return {"username": username, "display_name": name, "roles": list(roles), "department_id": department_id}
