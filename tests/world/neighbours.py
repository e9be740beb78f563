"""Places beside the demonstration county, founded through the system's own verbs."""

from uuid import UUID

from palmcheck.accounts import service as accounts
from palmcheck.accounts.types import NewAccount, Role
from palmcheck.demonstration.county import DemoAccount
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.types import NewDepartment, NewJurisdiction
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database

NEIGHBOUR = SystemActor("tests.neighbours")
PASSWORD = "a password of the tests"


async def found(database: Database, code: str, level: str = "county", parent_id: UUID | None = None) -> UUID:
    """Founds a jurisdiction with the two departments of the demonstration; answers its id."""
    place = new_id()
    departments = (NewDepartment("market_regulation", "市场监督管理局"), NewDepartment("health", "卫生健康局"))
    async with database.unit_of_work() as tx:
        new = NewJurisdiction(place, code, f"邻{code}", level, departments, parent_id)
        await jurisdictions.found_jurisdiction(tx, NEIGHBOUR, new)
    return place


async def account(
    database: Database, place: UUID, role: Role, department: str | None = None, inspector_id: UUID | None = None
) -> DemoAccount:
    """A login of a place, in the department of this code; inspectors have a code to enrol one phone with."""
    name = f"{role}.{new_id().hex[-8:]}"
    async with database.unit_of_work() as tx:
        there = await jurisdictions.departments(tx.session, place)
        home = next((each for each in there.values() if each.code == department), None)
        new = NewAccount(name, name, PASSWORD, (role,), home.id if home else None, inspector_id)
        account_id = await accounts.open_account(tx, NEIGHBOUR, place, new)
        code = await accounts.issue_enrolment_code(tx, NEIGHBOUR, place, account_id)
    return DemoAccount(role, home.name if home else None, name, name, PASSWORD, code)
