"""The built PWA: hashed assets are immutable, pages are always asked for again, deep links get their page.

The build leaves a `.br` and a `.gz` beside each text; whoever takes one of them gets it.
"""

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


ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""Content coding -> how its file's name ends, the smaller first."""


@cache
def _load(path: Path, _changed_ns: int) -> tuple[bytes, str]:
    """A file's bytes and ETag; read again when it changes."""
    body = path.read_bytes()
    return body, f'"{sha256(body).hexdigest()[:32]}"'


def _accepts(accept_encoding: str, coding: str) -> bool:
    """Whether the header names this coding and does not rule it out."""
    for each in accept_encoding.lower().split(","):
        name, _, quality = each.strip().partition(";")
        if name == coding:
            return quality.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def file_response(
    request: Request[Any, Any, Any], root: Path, name: str, cache_control: str, more: Mapping[str, str] | None = None
) -> Response[bytes]:
    """One file below `root` with ETag and 304. Raises NotFound, also for a name that leads out of the folder."""
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file():
        raise NotFound
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = {"Cache-Control": cache_control, **SECURITY_HEADERS, **(more or {})}
    coded = {coding: path.with_name(path.name + ending) for coding, ending in ENCODINGS.items()}
    if any(file.is_file() for file in coded.values()):
        headers["Vary"] = "Accept-Encoding"
        accepted = request.headers.get("accept-encoding", "")
        for coding, file in coded.items():
            if file.is_file() and _accepts(accepted, coding):
                path, headers["Content-Encoding"] = file, coding
                break
    body, headers["ETag"] = _load(path, path.stat().st_mtime_ns)
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(b"", status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
