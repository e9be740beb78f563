"""Every address that anybody may read, out of the composed app's own table of routes: a new one cannot be forgotten."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import quote, unquote, urlencode

import httpx
from litestar import Litestar

from tests.test_routes import guards_of, handlers

FILES_OF_THE_APPS = "palmcheck.app"
"""Built files and the probe: no data is in them."""


@dataclass
class Known:
    """What somebody who had it all in hand would put into addresses: name of a place in a route -> values."""

    values: dict[str, Sequence[str]]
    queries: Sequence[dict[str, str]]
    answered: dict[str, set[int]] = field(default_factory=dict)


def public_routes(app: Litestar) -> list[str]:
    """The paths of every route that reads and asks for no permission."""
    found = [
        path
        for path, handler in handlers(app)
        if handler.http_methods & {"GET", "HEAD"}
        and handler.fn.__module__ != FILES_OF_THE_APPS
        and all(guard.permission is None for guard in guards_of(handler))
    ]
    return sorted({*found, "/api/docs/openapi.json"})


def addresses(path: str, known: Known) -> Iterator[str]:
    """A route's addresses: each value in each place. Raises KeyError for a place that nobody has thought of."""
    parts = [part.strip("{}").partition(":")[0] if part.startswith("{") else None for part in path.split("/")]
    places = [[quote(value, safe="") for value in known.values[name]] for name in parts if name is not None]
    for filled in product(*places):
        values = iter(filled)
        address = "/".join(
            part if name is None else next(values) for part, name in zip(path.split("/"), parts, strict=True)
        )
        yield from [address] if places else [f"{address}?{urlencode(query)}" for query in known.queries]


async def read_all(client: httpx.AsyncClient, app: Litestar, known: Known) -> list[tuple[str, str]]:
    """Every address with all that it answers; what a page repeats of the address itself is taken out."""
    found = []
    for path in public_routes(app):
        for address in addresses(path, known):
            answer = await client.get(address)
            known.answered.setdefault(path, set()).add(answer.status_code)
            found.append((address, _said(answer).replace(address.partition("?")[0], "")))
    return found


def _said(answer: httpx.Response) -> str:
    """Headers and body as text: unpacked where it is a workbook, without escapes of addresses."""
    body: Any = answer.text
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            body = "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return unquote(f"{dict(answer.headers)} {body}")
