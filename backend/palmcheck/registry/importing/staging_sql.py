"""The statements of a merge. `{jurisdiction}`, `{department}`, `{own}` and `{kinds}` are filled in by `Staging`."""

from palmcheck.registry.importing.batches import STAGED
from palmcheck.registry.importing.values import THINGS

CREATE = """
create temporary table target_staging (
    line int, name text, kind text, credit_code text, registration_number text, legal_representative text,
    address text, latitude double precision, longitude double precision, industry_code text, industry_name text,
    status text, credit_risk_class text, external_ids jsonb, department_ids uuid[], grams text[], search_text text,
    pinyin text, row_hash bytea, responsible_code text, responsible_name text, responsible_id uuid
) on commit drop
"""
CREATE_KEPT = """
create temporary table target_kept (credit_code text, registration_number text, name text) on commit drop
"""
CREATE_MATCH = """
create temporary table target_match (
    line int, id uuid, redirected boolean, same boolean, others boolean, twice boolean
) on commit drop
"""
THING_KINDS = ", ".join(f"'{kind}'" for kind in sorted(THINGS))
ENTITY_KINDS = "'cooperative', 'enterprise', 'individual_business'"
PUT_THINGS_ASIDE = (
    f"create temporary table target_things on commit drop as select * from target_staging where kind in ({THING_KINDS})",  # noqa: S608, E501
    f"delete from target_staging where kind in ({THING_KINDS})",  # noqa: S608 - words of ours
)
TAKE_THINGS_UP = "insert into target_staging select * from target_things"
MATCH = """
insert into target_match
with found as (
    select s.line, t.id, t.merged_into, 1 as by from target_staging s join target t on t.credit_code = s.credit_code
    where t.jurisdiction_id = '{jurisdiction}'
    union all
    select s.line, t.id, t.merged_into, 2
    from target_staging s join target t on t.registration_number = s.registration_number
    where t.jurisdiction_id = '{jurisdiction}' and (s.credit_code is null or t.credit_code is null)
    union all
    select s.line, t.id, t.merged_into, 3
    from (select line, e.key, e.value from target_staging, jsonb_each_text(external_ids) e
          where external_ids <> '{{}}') s
    join (select id, merged_into, e.key, e.value from target, jsonb_each_text(external_ids) e
          where jurisdiction_id = '{jurisdiction}' and external_ids <> '{{}}') t using (key, value)
    union all
    select s.line, t.id, t.merged_into, 4
    from target_staging s join target t on t.name = s.name and t.address = s.address
    where t.jurisdiction_id = '{jurisdiction}' and t.credit_code is null and t.registration_number is null
      and s.credit_code is null and s.registration_number is null
      and t.responsible_id is not distinct from s.responsible_id
), chosen as (
    select distinct on (line) line, coalesce(merged_into, id) as id, merged_into is not null as redirected
    from found order by line, by, merged_into nulls first, id
)
select c.line, c.id, c.redirected, t.row_hash is not distinct from s.row_hash,
       {own} and t.department_ids <> '{{}}' and not ('{department}' = any(t.department_ids)),
       row_number() over (partition by c.id order by c.redirected, c.line) > 1
from chosen c join target_staging s using (line) join target t on t.jurisdiction_id = '{jurisdiction}' and t.id = c.id
"""
"""By credit code, else by the old number, else by another system's id; what has none by name, address and entity.

A row that names a merged target means the one it was merged into. Where the file has a row for that one too, that
row counts.
"""
COUNT = """
select count(*) filter (where m.line is null) as new,
count(*) filter (where not same and not others and not twice) as changed,
count(*) filter (where not others and (twice and redirected or same and not twice)) as unchanged,
count(*) filter (where others or twice and not redirected) as bad,
count(*) filter (where redirected and not others) as redirected
from target_staging s left join target_match m using (line)
"""
TOLD = """
select line, rule, value from (
    select s.line, case when others then 'other_department' when twice and not redirected then 'same_target'
                        when twice then 'merged_beside' else 'merged' end as rule,
           case when redirected and not others then t.name
                else coalesce(s.credit_code, s.registration_number, s.name) end as value
    from target_match m join target_staging s using (line)
    join target t on t.jurisdiction_id = '{jurisdiction}' and t.id = m.id
    where others or twice or redirected
) told order by line limit 10000
"""
RESPONSIBLE = f"""
update target_staging s set responsible_id = r.id from (
    select distinct on (line) line, id from (
        select s.line, coalesce(t.merged_into, t.id) as id, 1 as by from target_staging s
        join target t on t.jurisdiction_id = '{{jurisdiction}}' and t.credit_code = s.responsible_code
        where t.kind in ({ENTITY_KINDS})
        union all
        select s.line, coalesce(t.merged_into, t.id), 2 from target_staging s
        join target t on t.jurisdiction_id = '{{jurisdiction}}' and t.registration_number = s.responsible_code
        where t.kind in ({ENTITY_KINDS})
        union all
        select s.line, (array_agg(distinct coalesce(t.merged_into, t.id)))[1], 3 from target_staging s
        join target t on t.jurisdiction_id = '{{jurisdiction}}' and t.name = s.responsible_name
        where s.responsible_code is null and t.kind in ({ENTITY_KINDS})
        group by s.line having count(distinct coalesce(t.merged_into, t.id)) = 1
    ) found order by line, by, id
) r where r.line = s.line
"""  # noqa: S608 - words of ours
"""Who answers for a product, project or behaviour: by code, else by a name that only one entity has."""
WITHOUT_RESPONSIBLE = """
delete from target_staging where responsible_id is null
returning line, 'responsible_unknown' as rule, coalesce(responsible_code, responsible_name) as value
"""
_PLAIN = ("name", "kind", "legal_representative", "address", "latitude", "longitude", "industry_code", "industry_name",
          "status", "credit_risk_class")  # fmt: skip
_NEW_COLUMNS = (*(name for name in STAGED if name not in {"line", "responsible_code", "responsible_name"}),
                "responsible_id")  # fmt: skip
INSERT = f"""
insert into target (jurisdiction_id, id, {", ".join(_NEW_COLUMNS)})
select '{{jurisdiction}}', uuidv7(), {", ".join("s." + name for name in _NEW_COLUMNS)}
from target_staging s where not exists (select from target_match m where m.line = s.line)
"""  # noqa: S608 - column names of ours
GONE = """
update target t set status = 'gone', row_hash = null
where t.jurisdiction_id = '{jurisdiction}' and t.row_hash is not null and t.merged_into is null
  and t.status = 'operating' and t.kind in ({kinds})
  and (not {own} or t.department_ids = array['{department}'::uuid])
  and not exists (select from target_match m where m.id = t.id)
  and not exists (select from target_kept k where k.credit_code = t.credit_code
                  or k.registration_number = t.registration_number or k.name = t.name)
"""
"""Only what came with a file can be gone from it, and no target goes because its row was bad.

A list of enterprises says nothing of products: only kinds of which the file has rows can go.
"""


def update(fields: set[str], *, own: bool) -> str:
    """Changes what the file has columns for, and leaves the rest; codes and other systems' ids are never emptied.

    A row that named a merged target brings no codes: those that it has are the merged one's.
    """
    if {"latitude", "longitude"} - fields:
        fields = fields - {"latitude", "longitude"}
    sets = [f"{name} = s.{name}" for name in _PLAIN if name in fields]
    sets += [
        f"{name} = case when m.redirected then t.{name} else coalesce(s.{name}, t.{name}) end"
        for name in ("credit_code", "registration_number")
    ]
    sets += [
        "grams = case when m.redirected then array(select distinct unnest(s.grams || t.grams)) else s.grams end",
        "search_text = case when m.redirected then concat_ws(' ', s.search_text, lower(t.credit_code), "
        "lower(t.registration_number)) else s.search_text end",
    ]
    sets += [f"{name} = s.{name}" for name in ("pinyin", "row_hash", "responsible_id")]
    if "status" not in fields:  # what is named again is back
        sets.append("status = case t.status when 'gone' then s.status else t.status end")
    sets.append("external_ids = t.external_ids || s.external_ids")
    if "departments" in fields:
        sets.append("department_ids = s.department_ids")
    elif own:
        sets.append("department_ids = case when t.department_ids @> s.department_ids then t.department_ids "
                    "else t.department_ids || s.department_ids end")  # fmt: skip
    return (
        f"update target t set {', '.join(sets)} from target_match m join target_staging s using (line) "  # noqa: S608
        "where t.jurisdiction_id = '{jurisdiction}' and t.id = m.id "
        "and not (m.same or m.others or m.twice)"
    )
