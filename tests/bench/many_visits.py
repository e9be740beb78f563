"""Many published visits, copied from one by SQL: what a bench finds stored before it measures."""

import asyncpg

FRESH = """
create temp table fresh as select uuidv7() as visit, uuidv7() as part, uuidv7() as draw, uuidv7() as submission,
  uuidv7() as photo, uuidv7() as record from generate_series(1, {count})
"""
COPIED: dict[str, tuple[str, dict[str, str]]] = {
    "inspection": ("x.id = (select inspection_id from {part})", {"id": "visit", "draw_id": "draw"}),
    "inspection_part": (
        "x.id = (select id from {part})",
        {"id": "part", "inspection_id": "visit", "submission_id": "submission", "record_id": "record"},
    ),
    "part_officer": ("x.part_id = (select id from {part})", {"part_id": "part"}),
    "upload": ("x.id = '{photo}'", {"id": "photo", "part_id": "part"}),
    "photo_facts": ("x.id = '{photo}'", {"id": "photo", "part_id": "part"}),
    "submission": ("x.id = '{submission}'", {"id": "submission", "part_id": "part"}),
    "submission_photo": (
        "x.submission_id = '{submission}' and x.photo_id = '{photo}'",
        {"submission_id": "submission", "photo_id": "photo"},
    ),
    "received_operation": ("x.id = '{submission}'", {"id": "submission"}),
    "publication": (
        "x.part_id = (select id from {part})",
        {"part_id": "part", "record_id": "record", "inspection_id": "visit", "submission_id": "submission"},
    ),
    "public_record": (
        "x.part_id = (select id from {part}) and x.version = 1",
        {"id": "record", "part_id": "part", "inspection_id": "visit"},
    ),
}
"""Table -> its rows of the submission that is copied, and which of the copies' ids are new: a published visit each."""
WITH_FACTS = ("inspection_part", "publication", "public_record")
"""Their triggers rest while copies are made; the facts come in one go afterwards, and the tallies with them."""


async def store(owner: asyncpg.Connection, submission_id: str, photo_id: str, count: int) -> None:
    """So many more published submissions, each with a visit, officers, a photo and a record of its own."""
    part = f"(select p.* from inspection_part p where p.submission_id = '{submission_id}') sample"
    known = {"part": part, "submission": submission_id, "photo": photo_id}
    names = await owner.fetchval(
        "select string_agg(column_name, ', ') from information_schema.columns where table_name = 'part_fact_now'"
    )
    async with owner.transaction():
        for table in WITH_FACTS:
            await owner.execute(f"alter table {table} disable trigger part_facts")
        await owner.execute(FRESH.format(count=count))
        for table, (belongs, renewed) in COPIED.items():
            ids = ", ".join(f"'{column}', f.{fresh}" for column, fresh in renewed.items())
            made = await owner.execute(
                f"insert into {table} select r.* from {table} x, fresh f, lateral jsonb_populate_record("
                f"null::{table}, to_jsonb(x) || jsonb_build_object({ids})) r"
                f" where {belongs.format(**known)}"
            )
            assert not made.endswith(" 0"), table
        await owner.execute(
            f"insert into part_fact ({names}) select {names} from part_fact_now"
            " where part_id in (select part from fresh)"
        )
        for table in WITH_FACTS:
            await owner.execute(f"alter table {table} enable trigger part_facts")
        await owner.execute("drop table fresh")
