"""The public JSON API: open to everybody, from every site."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get
from litestar.params import FromQuery, QueryParameter

from palmcheck.accounts.permissions import anybody
from palmcheck.catalogue.result_codes import ResultCode
from palmcheck.kernel.paging import Page
from palmcheck.kernel.web import OpenTx, PathId, handle_any
from palmcheck.public.answering import public_response
from palmcheck.public.examples import EXAMPLE, answered, page_with
from palmcheck.public.reader import LONGEST_QUERY, reading_language, searched
from palmcheck.public.remembering import REMEMBERED
from palmcheck.publication import service
from palmcheck.publication.types import PublicRecordView, RecordFilter

ANY_SITE: Mapping[str, str] = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag"}

Query = Annotated[
    str | None,
    QueryParameter(
        max_length=LONGEST_QUERY,
        description="two or more characters of the name, of its pinyin initials, or of the credit code",
    ),
]

Enterprise = Annotated[
    str | None, QueryParameter(max_length=40, pattern="^[0-9A-Za-z-]*$", description="a record's `enterprise_key`")
]
Industry = Annotated[str | None, QueryParameter(pattern="^[A-T]$", description="section of GB/T 4754, a letter")]
From = Annotated[date | None, QueryParameter(name="from", description="first day of publication")]
Until = Annotated[date | None, QueryParameter(name="until", description="last day of publication")]


def answer(request: Request[Any, Any, Any], found: object) -> Response[bytes]:
    """Data of ours, cached briefly and open to every site."""
    headers = {**ANY_SITE, "Vary": "Accept-Language", "Content-Language": reading_language(request)}
    return public_response(request, msgspec.json.encode(found), "application/json", headers)


def refusal(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A problem that a page of another site may read too."""
    refused = handle_any(request, error)
    refused.headers.update(ANY_SITE)
    return refused


class PublicRecords(Controller):
    """Published results."""

    path = "/api/public/records"
    tags = ("public",)
    opt = {REMEMBERED: True}  # noqa: RUF012
    exception_handlers = {Exception: refusal}  # noqa: RUF012
    parameters = {  # noqa: RUF012
        "lang": QueryParameter(
            annotation=str | None, name="lang", default=None, required=False, description="zh-CN (default) or en"
        ),
    }

    @get(
        "",
        operation_id="searchRecords",
        guards=[anybody()],
        responses={200: answered(Page[PublicRecordView], "Records, newest first", page_with(EXAMPLE))},
    )
    async def search(
        self,
        request: Request[Any, Any, Any],
        tx: OpenTx,
        q: Query = None,
        place: FromQuery[UUID | None] = None,
        department: FromQuery[UUID | None] = None,
        task: FromQuery[UUID | None] = None,
        enterprise: Enterprise = None,
        industry: Industry = None,
        result: FromQuery[ResultCode | None] = None,
        published_from: From = None,
        published_until: Until = None,
        cursor: FromQuery[str | None] = None,
    ) -> Response[bytes]:
        """Published results, newest first; filters hold together. Answers 304 to an `If-None-Match` that still holds.

        `place`: a jurisdiction, those below in it. `next` of a page is the `cursor` of the following one.
        """
        del q  # described for the document; read without characters that no name holds
        wanted = RecordFilter(
            q=searched(request),
            jurisdiction_id=place,
            department_id=department,
            plan_task_id=task,
            enterprise_key=enterprise,
            industry_section=industry,
            result_code=result,
            published_from=published_from,
            published_until=published_until,
        )
        language = reading_language(request)
        return answer(request, await service.search_records(tx.session, wanted, cursor, language))

    @get(
        "/{id:uuid}",
        operation_id="readRecord",
        guards=[anybody()],
        responses={200: answered(PublicRecordView, "The newest version of the record", EXAMPLE)},
    )
    async def read(self, request: Request[Any, Any, Any], tx: OpenTx, id: PathId) -> Response[bytes]:
        """One published result. Answers 304 to an `If-None-Match` that still holds."""
        return answer(request, await service.read_record(tx.session, id, reading_language(request)))
