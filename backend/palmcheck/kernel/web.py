"""The edge: one unit of work a request, and every refusal as a typed problem (RFC 9457)."""

import logging
import re
from collections.abc import AsyncIterator
from typing import Any, TypeAlias
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import (
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    ValidationException,
)
from litestar.exceptions.http_exceptions import ClientException
from litestar.params import FromPath
from sqlalchemy.exc import DBAPIError, IntegrityError

from palmcheck.kernel import problems
from palmcheck.kernel.problems import LANGUAGES, Problem
from palmcheck.kernel.unit_of_work import Database, Tx

log = logging.getLogger(__name__)
OpenTx: TypeAlias = NamedDependency[Tx]
"""A handler's open unit of work."""
PathId: TypeAlias = FromPath[UUID]
"""An id in the path."""
PROBLEM_MEDIA_TYPE = "application/problem+json"
TOO_LARGE_STATUS = 413
BODY = "data"
"""What handlers, and so Litestar's messages, call the body."""
IN_EACH_OTHERS_WAY = {"40001", "40P01"}
"""PostgreSQL's serialization failure and deadlock: the same request succeeds when it is sent again."""
_NAMED_FIELD = re.compile("(?:required|unknown) field `([^`]+)`")


async def open_tx(state: State) -> AsyncIterator[Tx]:
    """Yield dependency: Litestar runs what follows the yield before it answers, so a failing commit is a problem."""
    database: Database = state.database
    async with database.unit_of_work() as tx:
        yield tx


def language_of(request: Request[Any, Any, Any]) -> str:
    """The reader's language: `?lang=`, else Accept-Language, else Chinese."""
    asked = str(request.query_params.get("lang") or request.headers.get("accept-language") or "")
    return LANGUAGES[1] if asked.lower().startswith("en") else LANGUAGES[0]


def problem_response(request: Request[Any, Any, Any], problem: Problem) -> Response[bytes]:
    """The answer for one problem, in the reader's language."""
    body = problem.document(language_of(request))
    headers = {"Retry-After": str(problem.retry_after)} if problem.retry_after is not None else {}
    return Response(
        msgspec.json.encode(body), status_code=problem.status, media_type=PROBLEM_MEDIA_TYPE, headers=headers
    )


def _as_problem(error: Exception) -> Problem:
    """What a framework's or the database's error means to the caller."""
    problem: Problem
    match error:
        case Problem():
            problem = error
        case ValidationException():
            problem = _invalid(error)
        case NotFoundException():
            problem = problems.NotFound()
        case MethodNotAllowedException():
            problem = problems.MethodNotAllowed()
        case HTTPException() if error.status_code == TOO_LARGE_STATUS:
            problem = problems.TooLarge()
        case ClientException():
            problem = problems.InvalidRequest(field="body", reason=error.detail)
        case RecursionError():  # brackets without end
            problem = problems.InvalidRequest(field="body", reason="nested too deeply")
        case IntegrityError():
            problem = problems.Conflict()
        case DBAPIError() if getattr(error.orig, "sqlstate", None) in IN_EACH_OTHERS_WAY:
            problem = problems.Busy()
        case _:
            problem = problems.InternalError()
    return problem


def _invalid(error: ValidationException) -> Problem:
    """Names the first field that does not fit, also one that lacks or is one too many; Litestar lists in `extra`."""
    first = error.extra[0] if isinstance(error.extra, list) and error.extra else {}
    place = str(first.get("key", "")) if isinstance(first, dict) else ""
    reason = str(first.get("message", error.detail)) if isinstance(first, dict) else error.detail
    named = _NAMED_FIELD.search(reason)
    path = [*(each for each in place.split(".") if each not in {"", BODY}), *(named.groups() if named else ())]
    return problems.InvalidRequest(field=".".join(path) or "body", reason=reason)


def handle_any(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Every error becomes a problem; what we did not foresee is logged whole and told in one sentence."""
    problem = _as_problem(error)
    if problem.status >= problems.InternalError.status:
        log.error("unforeseen error at %s %s", request.method, request.url.path, exc_info=error)
    return problem_response(request, problem)
