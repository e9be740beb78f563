"""Public answers: cached for a minute at most, asked for again by ETag, told apart by language."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from litestar import Request, Response

BRIEFLY = "public, max-age=30, stale-while-revalidate=30"
"""Together a minute: what is withdrawn is gone from everything in between within 60 s."""


def public_response(
    request: Request[Any, Any, Any], body: bytes, media_type: str, headers: Mapping[str, str]
) -> Response[bytes]:
    """The body with its ETag, or 304 without a body when the caller has it already."""
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    sent = {"Cache-Control": BRIEFLY, "X-Content-Type-Options": "nosniff", **headers, "ETag": etag}
    if known(request.headers.get("if-none-match", ""), etag):
        return Response(b"", status_code=304, media_type=media_type, headers=sent)
    return Response(body, media_type=media_type, headers=sent)


def known(if_none_match: str, etag: str) -> bool:
    """Whether `If-None-Match` names the ETag; compared weakly, as RFC 9110 13.1.2 asks: a proxy may have packed it."""
    named = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in named or named == ["*"]
