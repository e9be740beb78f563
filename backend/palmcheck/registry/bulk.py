"""Many targets at once: COPY instead of one insert a row."""

from collections.abc import Iterable
from hashlib import sha256
from itertools import islice
from uuid import UUID

import msgspec
from sqlalchemy import text

from palmcheck.kernel.events import Trace
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.events import TargetsEntered
from palmcheck.registry.models import Target
from palmcheck.registry.new_rows import new_target_columns
from palmcheck.registry.types import NewTarget

CHUNK = 5_000


async def enter_targets_in_bulk(tx: Tx, by: Trace, jurisdiction_id: UUID, new: Iterable[NewTarget]) -> int:
    """Enters targets and answers how many; they are taken in chunks, so a generator of a million is fine.

    One event with one digest stands for them: SHA-256 over each as JSON with its fields in order, a line feed after it.
    Raises CreditCodeInvalid; then none is entered.
    """
    await tx.session.execute(text("select 1"))  # SQLAlchemy sends BEGIN with its first own statement
    raw = (await (await tx.session.connection()).get_raw_connection()).driver_connection
    assert raw is not None
    count, rows_digest, source = 0, sha256(), iter(new)
    while chunk := list(islice(source, CHUNK)):
        for each in chunk:
            rows_digest.update(msgspec.json.encode(each) + b"\n")
        rows = [new_target_columns(jurisdiction_id, each) for each in chunk]
        columns = list(rows[0])
        await raw.copy_records_to_table(
            Target.__tablename__, records=[tuple(r.values()) for r in rows], columns=columns
        )
        count += len(rows)
    tx.record(by, TargetsEntered(jurisdiction_id=jurisdiction_id, count=count, rows_sha256=rows_digest.hexdigest()))
    return count
