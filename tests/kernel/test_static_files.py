"""Files of the built app: the smallest form that the browser takes, 304 when it has it, nothing outside the folder."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar, Request, Response, get
from litestar.testing import TestClient

from palmcheck.kernel.static_files import FOREVER, file_response
from palmcheck.kernel.web import handle_any

SCRIPT = b"console.log('palmcheck')\n" * 100
ZIPPED = gzip.compress(SCRIPT)
BROTLI = b"brotli stands here"


@pytest.fixture
def client(tmp_path: Path) -> TestClient[Litestar]:
    (tmp_path / "secret.txt").write_text("not below the root")
    root = tmp_path / "dist"
    root.mkdir()
    (root / "app.js").write_bytes(SCRIPT)
    (root / "app.js.gz").write_bytes(ZIPPED)
    (root / "app.js.br").write_bytes(BROTLI)
    (root / "tiny.svg").write_bytes(b"<svg/>")

    @get("/{path:path}")
    async def serve(request: Request[Any, Any, Any], path: str) -> Response[bytes]:
        return file_response(request, root, path.lstrip("/"), FOREVER)

    return TestClient(Litestar([serve], openapi_config=None, exception_handlers={Exception: handle_any}))


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("", None), ("identity", None)],
)
def test_the_smallest_form_that_the_browser_takes(
    client: TestClient[Litestar], accepted: str, coding: str | None
) -> None:
    with client.stream("GET", "/app.js", headers={"Accept-Encoding": accepted}) as answer:
        raw = b"".join(answer.iter_raw())

    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert raw == {"br": BROTLI, "gzip": ZIPPED, None: SCRIPT}[coding]


def test_what_the_browser_has_is_not_sent_again_and_each_form_has_a_tag_of_its_own(
    client: TestClient[Litestar],
) -> None:
    plain = client.get("/app.js", headers={"Accept-Encoding": "identity"})
    zipped = client.get("/app.js", headers={"Accept-Encoding": "gzip"})

    assert plain.headers["etag"] != zipped.headers["etag"]
    again = client.get("/app.js", headers={"Accept-Encoding": "gzip", "If-None-Match": zipped.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_without_other_forms_is_sent_as_it_is(client: TestClient[Litestar]) -> None:
    answer = client.get("/tiny.svg", headers={"Accept-Encoding": "br"})

    assert (answer.content, "vary" in answer.headers) == (b"<svg/>", False)


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/none.js", "/"])
def test_nothing_else_is_there(client: TestClient[Litestar], path: str) -> None:
    assert client.get(path).status_code == 404
    assert "not below" not in client.get(path).text
