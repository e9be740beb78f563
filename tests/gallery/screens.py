"""Which screens there are to look at, as whom, and how one gets there."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

App: TypeAlias = Literal["field", "console", "public"]
Stage: TypeAlias = Literal["before", "submitted", "colleague", "countersigned"]


@dataclass(frozen=True)
class Screen:
    """One screen to photograph.

    route: the route's name (its path for public pages). address: below the app's root, with places like {task} that
    `addresses` fills. role: who looks, of the demonstration's logins. name: its picture's, if the route has several.
    status: the answer that the page itself has. arrived: seen after the officer checked in. stage: seen once he has
    submitted for countersigning, on his colleague's phone then, or when the colleague has signed.
    """

    app: App
    route: str
    address: str
    role: str = ""
    name: str = ""
    status: int = 200
    arrived: bool = False
    stage: Stage = "before"

    @property
    def title(self) -> str:
        """The picture's name: app, then route or name."""
        return f"{self.app}-{self.name or self.route.strip('/').replace('/', '-') or 'home'}"


LEAD, OFFICE, ADMINISTRATOR, INSPECTOR, NOBODY = (
    "team_lead",
    "joint_office",
    "department_administrator",
    "inspector",
    "",
)


def _console(route: str, address: str, role: str, name: str = "") -> Screen:
    return Screen("console", route, address, role, name)


CONSOLE = (
    _console("sign-in", "sign-in", NOBODY),
    _console("overview", "", LEAD),
    _console("overview", "", INSPECTOR, "overview-of-an-inspector"),
    _console("draws", "draws", LEAD),
    _console("draw", "draws/{task}", LEAD, "draw-to-be-drawn"),
    _console("draw", "draws/{drawn_task}", LEAD, "draw-issued"),
    _console("inspections", "inspections", LEAD),
    _console("inspections", "inspections?standing=late", LEAD, "inspections-late"),
    _console("inspection", "inspections/{open_visit}", LEAD, "inspection-open"),
    _console("inspection", "inspections/{done_visit}", LEAD, "inspection-done"),
    _console("desk-entry", "inspections/{field_visit}/parts/{field_part}/desk", INSPECTOR),
    _console("inbox", "inbox", LEAD),
    _console("inbox", "inbox", INSPECTOR, "inbox-of-an-inspector"),
    _console("registry", "registry/targets", ADMINISTRATOR),
    _console("registry", "registry/targets?q=火锅", ADMINISTRATOR, "registry-found"),
    _console("target-new", "registry/targets/new", ADMINISTRATOR),
    _console("duplicates", "registry/targets/duplicates", ADMINISTRATOR),
    _console("target-import", "registry/targets/import", ADMINISTRATOR),
    _console("target", "registry/targets/{target}", ADMINISTRATOR),
    _console("target-edit", "registry/targets/{target}/edit", ADMINISTRATOR),
    _console("publication", "publication?stage=published", LEAD),
    _console("publication", "publication?stage=waiting", OFFICE, "publication-waiting"),
    _console("publication-record", "publication/{published_part}", LEAD),
    _console("figures", "figures", LEAD),
    _console("figure", "figures/palm_rate", LEAD),
    _console("figure-rows", "figures/palm_rate/rows", LEAD),
    _console("admin", "admin", OFFICE),
    _console("settings", "admin/settings", OFFICE),
    _console("setting", "admin/settings/{setting}", OFFICE),
    _console("calendar", "admin/calendar", OFFICE),
    _console("departments", "admin/departments", OFFICE),
    _console("accounts", "admin/accounts", OFFICE),
    _console("account-new", "admin/accounts/new", OFFICE),
    _console("account-import", "admin/accounts/import", OFFICE),
    _console("account", "admin/accounts/{account}", OFFICE),
    _console("devices", "admin/devices", OFFICE),
    _console("clients", "admin/clients", OFFICE),
    _console("me", "me", LEAD),
    _console("inspectors", "registry/inspectors", ADMINISTRATOR),
    _console("inspector-new", "registry/inspectors/new", ADMINISTRATOR),
    _console("inspector-review", "registry/inspectors/review", OFFICE),
    _console("inspector-import", "registry/inspectors/import", ADMINISTRATOR),
    _console("inspector", "registry/inspectors/{inspector}", ADMINISTRATOR),
    _console("experts", "registry/experts", ADMINISTRATOR),
    _console("expert-new", "registry/experts/new", ADMINISTRATOR),
    _console("expert", "registry/experts/{expert}", ADMINISTRATOR),
    _console("catalogue", "catalogue", OFFICE),
    _console("new-item", "catalogue/new", OFFICE),
    _console("check-item", "catalogue/items/{item}", OFFICE),
    _console("claims", "catalogue/claims", OFFICE),
    _console("checklists", "catalogue/checklists", OFFICE),
    _console("checklist", "catalogue/checklists/of/CL-01", OFFICE),
    _console("checklist-editor", "catalogue/checklists/{draft}", OFFICE),
)

FIELD = (
    Screen("field", "enrol", "enrol"),
    Screen("field", "today", "", INSPECTOR),
    Screen("field", "task", "tasks/{field_visit}", INSPECTOR),
    Screen("field", "show-code", "tasks/{field_visit}/show", INSPECTOR),
    Screen("field", "check-in", "parts/{field_part}/check-in", INSPECTOR),
    Screen("field", "checklist", "parts/{field_part}/checklist", INSPECTOR, arrived=True),
    Screen("field", "checklist", "parts/{field_part}/checklist/1", INSPECTOR, "checklist-second-section", arrived=True),
    Screen("field", "problems", "parts/{field_part}/problems", INSPECTOR, arrived=True),
    Screen("field", "not-inspected", "parts/{field_part}/not-inspected/closed", INSPECTOR, arrived=True),
    Screen("field", "recusal", "parts/{field_part}/recusal", INSPECTOR, arrived=True),
    Screen("field", "signatures", "parts/{field_part}/signatures", INSPECTOR, arrived=True),
    Screen("field", "review", "parts/{field_part}/review", INSPECTOR, arrived=True),
    Screen("field", "result", "parts/{field_part}/result", INSPECTOR, arrived=True),
    Screen("field", "countersign", "parts/{field_part}/countersign", INSPECTOR, arrived=True),
    Screen("field", "outbox", "outbox", INSPECTOR, arrived=True),
    Screen("field", "inbox", "inbox", INSPECTOR, arrived=True),
    Screen("field", "me", "me", INSPECTOR, arrived=True),
    Screen("field", "sign-in", "sign-in", INSPECTOR, arrived=True),
    Screen("field", "password", "password", INSPECTOR, arrived=True),
    Screen("field", "review", "parts/{field_part}/review", INSPECTOR, "countersign-code", stage="submitted"),
    Screen("field", "task", "tasks/{field_visit}", INSPECTOR, "task-of-a-colleague", stage="colleague"),
    Screen("field", "countersign", "parts/{field_part}/countersign", INSPECTOR, "countersigned", stage="countersigned"),
)

PUBLIC = (
    Screen("public", "/", ""),
    Screen("public", "/", "?q=临江", name="found"),
    Screen("public", "/", "?q=没有这家店", name="found-nothing"),
    Screen("public", "/records/{id:str}", "records/{record}", name="record"),
    Screen("public", "/items", "items"),
    Screen("public", "/items/{id:str}", "items/{public_item}", name="item"),
    Screen("public", "/checklists", "checklists"),
    Screen("public", "/checklists/{id:str}", "checklists/{public_checklist}", name="checklist"),
    Screen("public", "/enterprises/{key:str}", "enterprises/{enterprise}", name="enterprise"),
    Screen("public", "/departments", "departments"),
    Screen("public", "/departments/{id:str}", "departments/{department}", name="department"),
    Screen("public", "/plans", "plans"),
    Screen("public", "/plans/{id:str}", "plans/{plan}", name="plan"),
    Screen("public", "/plans/tasks/{id:str}", "plans/tasks/{public_task}", name="plan-task"),
    Screen("public", "/overdue", "overdue"),
    Screen("public", "/figures", "figures"),
    Screen("public", "/s/{code:str}", "s/nobody", name="show-code-unknown", status=404),
    Screen("public", "/p/{code:str}", "p/nobody", name="partys-page-unknown", status=404),
    Screen("public", "/{path:path}", "nowhere", name="error", status=404),
)

SCREENS = (*FIELD, *CONSOLE, *PUBLIC)
