"""Public pages of whom records are about and who made them: an enterprise, the departments, and what is overdue."""

from typing import Any

from litestar import Controller, Request, Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from palmcheck.accounts.permissions import anybody
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.web import OpenTx
from palmcheck.public.pages import READ, error_page, id_in, page
from palmcheck.public.reader import reading_language
from palmcheck.public.remembering import REMEMBERED
from palmcheck.publication import service
from palmcheck.publication.public_counts import department_rows, overdue_rows
from palmcheck.publication.types import RecordFilter


class EntityPages(Controller):
    """Pages with permanent addresses around the records."""

    path = "/"
    include_in_schema = False
    opt = {REMEMBERED: True}  # noqa: RUF012
    exception_handlers = {Exception: error_page}  # noqa: RUF012

    @HTTPRouteHandler("/enterprises/{key:str}", http_method=READ, guards=[anybody()])
    async def enterprise(self, request: Request[Any, Any, Any], tx: OpenTx, key: FromPath[str]) -> Response[bytes]:
        """All records of one entity; there is a page only once there is a record (R19)."""
        cursor, language = request.query_params.get("cursor"), reading_language(request)
        wanted = RecordFilter(enterprise_key=key.replace("\x00", ""))
        found = await service.search_records(tx.session, wanted, cursor, language)
        if not found.items:
            raise NotFound(field="key")
        return page(request, "enterprise.html.jinja", found=found, cursor=cursor)

    @HTTPRouteHandler("/departments", http_method=READ, guards=[anybody()])
    async def departments(self, request: Request[Any, Any, Any], tx: OpenTx) -> Response[bytes]:
        """Who inspects, with counts."""
        return page(request, "departments.html.jinja", rows=await department_rows(tx.session, law_date(now())))

    @HTTPRouteHandler("/departments/{id:str}", http_method=READ, guards=[anybody()])
    async def department(self, request: Request[Any, Any, Any], tx: OpenTx, id: FromPath[str]) -> Response[bytes]:
        """One department: its counts, what it has overdue, its newest records."""
        wanted, today = id_in(id), law_date(now())
        row = next((each for each in await department_rows(tx.session, today) if each.id == wanted), None)
        if row is None:
            raise NotFound(field="id")
        overdue = [each for each in await overdue_rows(tx.session, today) if each.department_id == wanted]
        narrowed = RecordFilter(department_id=wanted)
        found = await service.search_records(tx.session, narrowed, None, reading_language(request), size=10)
        return page(request, "department.html.jinja", row=row, overdue=overdue, found=found)

    @HTTPRouteHandler("/overdue", http_method=READ, guards=[anybody()])
    async def overdue(self, request: Request[Any, Any, Any], tx: OpenTx) -> Response[bytes]:
        """What is overdue, as counts by department and task (R12, R23)."""
        today = law_date(now())
        return page(request, "overdue.html.jinja", rows=await overdue_rows(tx.session, today), today=today)
