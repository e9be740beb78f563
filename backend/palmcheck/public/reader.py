"""Who reads a public page: the language, and links that keep it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from litestar import Request

from palmcheck.kernel.web import language_of
from palmcheck.publication.service import Language

KEPT = frozenset({"q", "cursor", "place", "department", "task", "industry", "result", "from", "until", "quarter"})
"""What of an address stays when the language changes."""
LONGEST_QUERY = 100
"""Characters of a search; what is longer is cut, for no name is."""


@dataclass(frozen=True)
class Reader:
    """The reader of one page. `chosen`: the language was picked on the page, so links carry it on."""

    language: Language
    chosen: bool
    path: str
    query: tuple[tuple[str, str], ...] = ()

    def link(self, path: str, **query: str | None) -> str:
        """An address of ours in the reader's language."""
        kept = {"lang": self.language} if self.chosen else {}
        return _address(path, {key: value for key, value in query.items() if value} | kept)

    def filtered(self, path: str, wanted: Mapping[str, str], **query: str | None) -> str:
        """An address of ours that keeps a search."""
        return self.link(path, **{**wanted, **query})

    def this_page_in(self, language: str) -> str:
        """The page being read, in another language."""
        return _address(self.path, dict(self.query) | {"lang": language})


def reader_of(request: Request[Any, Any, Any]) -> Reader:
    """The reader behind a request."""
    asked = tuple((key, value) for key, value in request.query_params.items() if key in KEPT)
    return Reader(reading_language(request), "lang" in request.query_params, request.url.path, asked)


def reading_language(request: Request[Any, Any, Any]) -> Language:
    """The language of what a request gets."""
    return "en" if language_of(request) == "en" else "zh-CN"


def searched(request: Request[Any, Any, Any]) -> str:
    """What is searched for, as far as a name can hold it: cut to length, without control characters."""
    asked = request.query_params.get("q") or ""
    return "".join(c if c.isprintable() else " " for c in asked).strip()[:LONGEST_QUERY]


def _address(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
