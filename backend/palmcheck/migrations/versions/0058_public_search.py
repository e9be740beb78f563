"""publication: a public record is found by department, industry, place, result and date, and with its whole visit.

Phase: expand. Nullable columns, filled for the records that are there: 10 s a million.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision, down_revision = "0058_public_search", "0051_withdrawn_records"
branch_labels = depends_on = None

COLUMNS: dict[str, TypeEngine[Any]] = {
    "department_id": sa.Uuid(),
    "inspection_id": sa.Uuid(),
    "plan_task_id": sa.Uuid(),
    "enterprise_key": sa.Text(),
    "industry_section": sa.Text(),
    "result_code": sa.Text(),
}
COMMENTS = {
    "enterprise_key": "the credit code, or the target's id where it has none: the address of its page",
    "industry_section": "GB/T 4754 section, a letter",
}
FILTERS = ("department_id", "jurisdiction_id", "enterprise_key", "industry_section", "result_code", "plan_task_id")
FILL = """
update public_record r
set department_id = p.department_id, inspection_id = p.inspection_id, plan_task_id = i.plan_task_id,
    enterprise_key = coalesce(t.credit_code, t.id::text), result_code = r.body ->> 'result_code',
    industry_section = case
        when left(t.industry_code, 2) between '01' and '05' then 'A'
        when left(t.industry_code, 2) between '06' and '12' then 'B'
        when left(t.industry_code, 2) between '13' and '43' then 'C'
        when left(t.industry_code, 2) between '44' and '46' then 'D'
        when left(t.industry_code, 2) between '47' and '50' then 'E'
        when left(t.industry_code, 2) between '51' and '52' then 'F'
        when left(t.industry_code, 2) between '53' and '60' then 'G'
        when left(t.industry_code, 2) between '61' and '62' then 'H'
        when left(t.industry_code, 2) between '63' and '65' then 'I'
        when left(t.industry_code, 2) between '66' and '69' then 'J'
        when left(t.industry_code, 2) = '70' then 'K'
        when left(t.industry_code, 2) between '71' and '72' then 'L'
        when left(t.industry_code, 2) between '73' and '75' then 'M'
        when left(t.industry_code, 2) between '76' and '79' then 'N'
        when left(t.industry_code, 2) between '80' and '82' then 'O'
        when left(t.industry_code, 2) = '83' then 'P'
        when left(t.industry_code, 2) between '84' and '85' then 'Q'
        when left(t.industry_code, 2) between '86' and '90' then 'R'
        when left(t.industry_code, 2) between '91' and '96' then 'S'
        when left(t.industry_code, 2) = '97' then 'T'
    end
from inspection_part p
join inspection i on i.jurisdiction_id = p.jurisdiction_id and i.id = p.inspection_id
join target t on t.jurisdiction_id = i.jurisdiction_id and t.id = i.target_id
where p.jurisdiction_id = r.jurisdiction_id and p.id = r.part_id
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    for name, kind in COLUMNS.items():
        op.add_column("public_record", sa.Column(name, kind, nullable=True, comment=COMMENTS.get(name)))
    op.execute(FILL)
    for name in FILTERS:
        op.create_index(f"ix_public_record_{name}_published_at_id", "public_record", [name, "published_at", "id"])
    op.create_index("ix_public_record_inspection_id", "public_record", ["inspection_id"])
