"""What the lists of people share on the web: words to search by, and a workbook to take away."""

from typing import Annotated
from urllib.parse import quote

from litestar import Response
from litestar.params import QueryParameter

from palmcheck.registry.people.workbooks import XLSX

Words = Annotated[str | None, QueryParameter(name="q", max_length=100, description="name, pinyin initials or number")]
EXPORTED = 20_000
"""The most rows of a workbook."""


def download(content: bytes, name: str, media_type: str = XLSX) -> Response[bytes]:
    """A file under a name; it holds personal data, so nothing on the way keeps it."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
