"""The built PWA: hashed assets are immutable, pages are always asked for again, deep links get their page."""

import mimetypes
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from litestar import Request, Response

from palmcheck.kernel.problems import NotFound

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob: data:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    ),
}
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("text/javascript", ".js")


@cache
def _load(path: Path, _changed_ns: int) -> tuple[bytes, str, str]:
    """A file's bytes, media type and ETag; read again when it changes."""
    body = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return body, media_type, f'"{sha256(body).hexdigest()[:32]}"'


def file_response(
    request: Request[Any, Any, Any], root: Path, name: str, cache_control: str, more: Mapping[str, str] | None = None
) -> Response[bytes]:
    """One file below `root` with ETag and 304. Raises NotFound, also for a name that leads out of the folder."""
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        raise NotFound
    body, media_type, etag = _load(path, path.stat().st_mtime_ns)
    headers = {"Cache-Control": cache_control, "ETag": etag, **SECURITY_HEADERS, **(more or {})}
    if request.headers.get("if-none-match") == etag:
        return Response(b"", status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
