"""Routes of the slice. Its guards are accounts', which stands above: the edge is the one room that may look up."""

from datetime import date
from typing import Annotated

from litestar import Controller, Response, get, post, put
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, RawBody

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.scope import AskedPlace, home_of, place_of, reads_down
from palmcheck.jurisdictions import calendar_changes, departments, setting_changes
from palmcheck.jurisdictions.calendar_files import MOST_BYTES, read_calendar_file
from palmcheck.jurisdictions.models import Department
from palmcheck.jurisdictions.service import working_days
from palmcheck.jurisdictions.setting_files import XLSX, settings_book
from palmcheck.jurisdictions.types import (
    Author,
    CalendarFile,
    CalendarYear,
    ChangeDays,
    ChangeSetting,
    DayView,
    DepartmentView,
    Responsible,
    ResponsibleChange,
    SettingChange,
    SettingView,
    Tree,
)
from palmcheck.jurisdictions.versions import etag
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.paging import Page
from palmcheck.kernel.web import OpenTx, PathId

IfMatch = Annotated[str | None, HeaderParameter(name="If-Match")]


def _author(actor: Actor) -> Author:
    return Author(actor.account_id, actor.display_name)


class Settings(Controller):
    """Thresholds, caps, clocks and day counts of the jurisdiction."""

    path = "/api/jurisdictions/settings"
    tags = ("jurisdictions",)

    @get("", operation_id="listSettings", guards=[may("setting.read")])
    async def list(self, tx: OpenTx, actor: SignedIn, jurisdiction_id: AskedPlace = None) -> Page[SettingView]:
        """Every setting with its value in force, its default, bounds and source."""
        where = await place_of(tx.session, actor, "setting.read", jurisdiction_id)
        return Page(await setting_changes.settings(tx.session, where), None)

    @get("/export.xlsx", operation_id="exportSettings", guards=[may("setting.read")], media_type=XLSX)
    async def export(self, tx: OpenTx, actor: SignedIn, jurisdiction_id: AskedPlace = None) -> Response[bytes]:
        """The same list as a spreadsheet: value, default, bounds, source, who set it last and why."""
        where = await place_of(tx.session, actor, "setting.read", jurisdiction_id)
        body = settings_book(await setting_changes.settings(tx.session, where))
        return Response(body, media_type=XLSX, headers={"Content-Disposition": 'attachment; filename="settings.xlsx"'})

    @get("/{key:str}/history", operation_id="listSettingChanges", guards=[may("setting.read")])
    async def history(
        self,
        tx: OpenTx,
        actor: SignedIn,
        key: FromPath[str],
        jurisdiction_id: AskedPlace = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[SettingChange]:
        """The values that a setting had, newest first, with who changed it and why."""
        where = await place_of(tx.session, actor, "setting.read", jurisdiction_id)
        return await setting_changes.setting_history(tx.session, where, key, cursor)

    @put("/{key:str}", operation_id="changeSetting", guards=[may("setting.change")])
    async def change(
        self,
        tx: OpenTx,
        actor: SignedIn,
        key: FromPath[str],
        data: JSONBody[ChangeSetting],
        if_match: IfMatch = None,
    ) -> Response[SettingView]:
        """Give a setting another value from now on; If-Match names the version that was looked at."""
        place = actor.jurisdiction_id
        view = await setting_changes.change_setting(tx, actor, place, key, data, if_match, _author(actor))
        return Response(view, headers={"ETag": etag(view.version)})


class WorkingDays(Controller):
    """The working-day table that deadlines are counted with."""

    path = "/api/jurisdictions/working-days"
    tags = ("jurisdictions",)

    @get("", operation_id="readWorkingDays", guards=[may("setting.read")])
    async def read(
        self,
        tx: OpenTx,
        actor: SignedIn,
        year: FromQuery[int | None] = None,
        jurisdiction_id: AskedPlace = None,
    ) -> Response[CalendarYear]:
        """One year of the newest calendar (this one unless named), its versions, and which years lack a table."""
        today = law_date(now())
        where = await place_of(tx.session, actor, "setting.read", jurisdiction_id)
        view = await calendar_changes.calendar_year(tx.session, where, year or today.year, today)
        return Response(view, headers={"ETag": etag(view.version)})

    @put("", operation_id="changeWorkingDays", guards=[may("calendar.change")])
    async def change(
        self, tx: OpenTx, actor: SignedIn, data: JSONBody[ChangeDays], if_match: IfMatch = None
    ) -> Response[CalendarYear]:
        """Make a new version of the calendar; open deadlines are recounted and the recount is on the trail."""
        place, today = actor.jurisdiction_id, law_date(now())
        await calendar_changes.change_days(tx, actor, place, data, if_match, _author(actor))
        await tx.session.flush()
        view = await calendar_changes.calendar_year(tx.session, place, data.changes[0].day.year, today)
        return Response(view, headers={"ETag": etag(view.version)})

    @post(
        "/files",
        operation_id="readWorkingDayFile",
        status_code=200,
        guards=[may("calendar.change")],
        request_max_body_size=MOST_BYTES,
        media_type="application/json",
    )
    async def read_file(self, tx: OpenTx, actor: SignedIn, body: RawBody) -> CalendarFile:
        """Read a CSV or XLSX of two columns, date and working: what it would change, and which lines are unusable.

        Nothing is written: the office looks at the days and then changes them with a reason.
        """
        days, faults = read_calendar_file(bytes(body))
        version, standing = await working_days(tx.session, actor.jurisdiction_id, date.min)
        changes = [DayView(day, works) for day, works in sorted(days.items()) if standing.get(day) is not works]
        return CalendarFile(len(days), changes, faults, version)


class Departments(Controller):
    """The tree of jurisdictions and who answers for each department."""

    path = "/api/jurisdictions"
    tags = ("jurisdictions",)

    @get("/tree", operation_id="readTree", guards=[may("jurisdiction.read")])
    async def tree(self, tx: OpenTx, actor: SignedIn) -> Tree:
        """The own jurisdiction and all below it, for those who read down."""
        down = reads_down(actor, "jurisdiction.read")
        return await departments.tree(tx.session, actor.jurisdiction_id, reads_down=down)

    @get("/departments", operation_id="listDepartments", guards=[may("self.read")])
    async def list(self, tx: OpenTx, actor: SignedIn) -> Page[DepartmentView]:
        """The departments of the own jurisdiction, by code."""
        return Page(await departments.department_views(tx.session, actor.jurisdiction_id), None)

    @get("/departments/{id:uuid}/history", operation_id="listResponsibleChanges", guards=[may("setting.read")])
    async def history(
        self, tx: OpenTx, actor: SignedIn, id: PathId, cursor: FromQuery[str | None] = None
    ) -> Page[ResponsibleChange]:
        """Who answered for a department, newest first."""
        where = await home_of(tx.session, actor, "setting.read", Department, id)
        return await departments.responsible_history(tx.session, where, id, cursor)

    @put("/departments/{id:uuid}/responsible", operation_id="nameResponsible", guards=[may("department.change")])
    async def name(
        self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[Responsible], if_match: IfMatch = None
    ) -> Response[DepartmentView]:
        """Name the first, the leading and the direct responsible person; names only."""
        place = actor.jurisdiction_id
        view = await departments.name_responsible(tx, actor, place, id, data, if_match, _author(actor))
        return Response(view, headers={"ETag": etag(view.version)})
