"""The floor of a push: the rows that one leaves behind, written again by bare asyncpg; its bytes, by fsync."""

import asyncio
import os
import secrets
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import asyncpg

from palmcheck.kernel.ids import new_id

SOURCES = (
    ("upload", "id = any($1)"),
    ("photo_facts", "id = any($1)"),
    ("submission", "id = $2"),
    ("submission_photo", "submission_id = $2"),
    ("received_operation", "id = $2"),
    (
        "audit_event",
        "payload->>'upload_id' = any($3) or payload->>'operation_id' = $4 or payload->>'submission_id' = $4",
    ),
)
"""Table -> which of its rows belong to one submission, in an order that foreign keys allow."""
Row = dict[str, Any]


async def rows_of_one(owner: asyncpg.Connection, submission_id: str, photo_ids: list[str]) -> dict[str, list[Row]]:
    """What one push wrote, by table."""
    photos = [UUID(each) for each in photo_ids]
    found: dict[str, list[Row]] = {}
    for table, belongs in SOURCES:
        condition = belongs
        values: list[Any] = []
        for place, value in (("$1", photos), ("$2", UUID(submission_id)), ("$3", photo_ids), ("$4", submission_id)):
            if place in condition:
                values.append(value)
                condition = condition.replace(place, f"${len(values)}")
        found[table] = [dict(row) for row in await owner.fetch(f"select * from {table} where {condition}", *values)]
        assert found[table], table
    return found


class Floor:
    """One transaction and two files a time."""

    def __init__(self, url: str, folder: Path, sample: dict[str, list[Row]], photo_bytes: int) -> None:
        self._url, self._folder, self._sample = url, folder, sample
        self._photo = secrets.token_bytes(photo_bytes)
        self._number = secrets.randbelow(2**40) + 2**41
        self._pool: asyncpg.Pool | None = None

    async def __aenter__(self) -> Self:
        self._folder.mkdir(exist_ok=True)
        self._pool = await asyncpg.create_pool(self._url, min_size=1, max_size=16)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._pool is not None
        await self._pool.close()

    async def once(self) -> None:
        """The rows of one submission under new ids, durable; then its photos, durable."""
        assert self._pool is not None
        await asyncio.gather(*(asyncio.to_thread(self._write) for _ in range(2)))
        fresh: dict[Any, UUID] = {}
        async with self._pool.acquire() as connection, connection.transaction():
            for table, rows in self._sample.items():
                for row in rows:
                    values = [self._renewed(table, name, value, fresh) for name, value in row.items()]
                    places = ", ".join(f"${place}" for place in range(1, len(values) + 1))
                    await connection.execute(f"insert into {table} values ({places})", *values)

    def _renewed(self, table: str, name: str, value: Any, fresh: dict[Any, UUID]) -> Any:
        if table == "audit_event" and name == "number":
            self._number += 1
            return self._number
        if name in {"id", "submission_id", "photo_id"} and isinstance(value, UUID):
            return fresh.setdefault(value, new_id())
        return value

    def _write(self) -> None:
        with (self._folder / str(new_id())).open("wb") as file:
            file.write(self._photo)
            file.flush()
            os.fsync(file.fileno())


def cpu_seconds(pid: int) -> float:
    """What a process has used of the processors so far: the figure that a busy machine leaves as it is."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
