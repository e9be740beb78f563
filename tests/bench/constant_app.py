"""The floor of reading: Litestar that answers constant bytes, as many as PALMCHECK_BENCH_BYTES says."""

import os

from litestar import Litestar, MediaType, Response, get

BODY = b"x" * int(os.environ.get("PALMCHECK_BENCH_BYTES", "1000"))


@get("/constant", media_type=MediaType.HTML, sync_to_thread=False)
def constant() -> Response[bytes]:
    """The same bytes each time."""
    return Response(BODY)


@get("/healthz", sync_to_thread=False)
def healthz() -> str:
    """It is there."""
    return "ok"


def create_app() -> Litestar:
    """No middleware, no database, no OpenAPI."""
    return Litestar([constant, healthz], openapi_config=None)
