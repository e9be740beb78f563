"""Refusals as classes: each has a code, a status, and texts in both catalogues (RFC 9457).

A slice writes its own in `problems.py`; the texts stand in `messages/problems.*.json`, which the PWA
shares so that a phone can explain a refusal without a connection.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

LANGUAGES = ("zh-CN", "en")
TYPE_PREFIX = "https://palmcheck.invalid/problems/"


class Problem(Exception):
    """A refusal that tells its reader what is wrong, where, and by which rule of domain.md."""

    code: ClassVar[str]
    status: ClassVar[int] = 422
    retry_after: int | None = None
    """Seconds until another try is heard; said in the header of that name."""

    def __init__(self, *, field: str | None = None, rule: str | None = None, **params: object) -> None:
        super().__init__(self.code)
        self.field, self.rule, self.params = field, rule, params

    def document(self, language: str) -> dict[str, Any]:
        """The `application/problem+json` body in one language."""
        shown = {"field": self.field or "", "rule": self.rule or ""} | {k: str(v) for k, v in self.params.items()}
        text = texts(language)[self.code].format_map(shown)
        title, _, detail = text.partition("|")
        body: dict[str, Any] = {
            "type": TYPE_PREFIX + self.code,
            "title": title,
            "status": self.status,
            "detail": detail or title,
            "code": self.code,
        }
        extra = {"field": self.field, "rule": self.rule, "params": {k: str(v) for k, v in self.params.items()}}
        return body | {key: value for key, value in extra.items() if value}


class IdReuse(Problem):
    """An id came a second time with other content than it was first sent with."""

    code, status = "id_reuse", 409


class NotFound(Problem):
    """There is no such thing, or it is not the caller's to see."""

    code, status = "not_found", 404


class InvalidRequest(Problem):
    """The request does not have the shape that the API describes."""

    code, status = "invalid_request", 400


class Conflict(Problem):
    """Somebody else changed it meanwhile."""

    code, status = "conflict", 409


class TooLarge(Problem):
    """The body is larger than this route takes."""

    code, status = "too_large", 413


class MethodNotAllowed(Problem):
    """The address exists, but not for this method."""

    code, status = "method_not_allowed", 405


class Busy(Problem):
    """Two writes stood in each other's way and the database ended this one; nothing of it was kept."""

    code, status = "busy", 503
    retry_after = 1


class InternalError(Problem):
    """Something broke on our side; the log has it under the request's id."""

    code, status = "internal_error", 500


@cache
def texts(language: str) -> dict[str, str]:
    """The catalogue of one language: code -> `title|detail` with `{placeholders}`."""
    source = files("palmcheck") / "messages" / f"problems.{language}.json"
    loaded: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))
    return loaded


def all_problems(of: type[Problem] = Problem) -> list[type[Problem]]:
    """Every problem class that has been imported."""
    found: list[type[Problem]] = []
    for kind in of.__subclasses__():
        found += [kind, *all_problems(kind)]
    return found
