"""A file that arrives as the raw body: streamed to a temporary file, never whole in memory."""

import hashlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from litestar import Request
from litestar.datastructures import State

from palmcheck.accounts.account_sheets import MOST_BYTES
from palmcheck.accounts.actor import Actor
from palmcheck.kernel.problems import TooLarge


@asynccontextmanager
async def received_file(request: Request[Actor, Any, State]) -> AsyncIterator[tuple[Path, str]]:
    """The body as a file with its SHA-256; the file is gone afterwards. Raises TooLarge above 4 MB."""
    hashed, length = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(prefix="palmcheck-", suffix=".xlsx") as file:
        async for chunk in request.stream():
            length += len(chunk)
            if length > MOST_BYTES:
                raise TooLarge(field="body")
            hashed.update(chunk)
            file.write(chunk)
        file.flush()
        yield Path(file.name), hashed.hexdigest()
