"""The tables of the first whole: from the registry to the public record.

Phase: expand.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0002_the_thread", "0001_queue"
branch_labels = depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "account",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("inspector_id", sa.Uuid(), nullable=True),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column(
            "status", sa.Text(), server_default="active", nullable=False, comment="active | transferred | retired"
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_account")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_table(
        "annual_plan",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("published_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_annual_plan")),
    )
    op.create_index(
        op.f("ix_annual_plan_jurisdiction_id_year"), "annual_plan", ["jurisdiction_id", "year"], unique=True
    )
    op.create_table(
        "audit_event",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("actor", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("previous_sha256", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "number", "at", name=op.f("pk_audit_event")),
        postgresql_partition_by="RANGE (at)",
    )
    op.create_index("ix_audit_event_id", "audit_event", ["jurisdiction_id", "id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "check_item",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("big_class", sa.Text(), nullable=False, comment="大类"),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("item_class", sa.Text(), nullable=False, comment="general | key"),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("ratio_cap", sa.Integer(), nullable=True, comment="1/10,000; none for key items (R6)"),
        sa.Column(
            "listed_at", postgresql.TIMESTAMP(timezone=True), nullable=True, comment="since when it is public (R24)"
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_check_item")),
    )
    op.create_index(op.f("ix_check_item_jurisdiction_id_code"), "check_item", ["jurisdiction_id", "code"], unique=True)
    op.create_table(
        "checklist_version",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("published_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_checklist_version")),
    )
    op.create_index(
        op.f("ix_checklist_version_jurisdiction_id_code_version"),
        "checklist_version",
        ["jurisdiction_id", "code", "version"],
        unique=True,
    )
    op.create_table(
        "department",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_department")),
    )
    op.create_index(op.f("ix_department_jurisdiction_id_code"), "department", ["jurisdiction_id", "code"], unique=True)
    op.create_table(
        "draw",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_task_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("request_sha256", sa.Text(), nullable=False),
        sa.Column(
            "k1", sa.LargeBinary(), nullable=False, comment="the server's secret; shown to nobody before the reveal"
        ),
        sa.Column("k1_sha256", sa.Text(), nullable=False),
        sa.Column(
            "strata",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="opaque code, internal label, pool, ratio, quota",
        ),
        sa.Column(
            "departments",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="who takes part, frozen: id, code, assists_only",
        ),
        sa.Column("shortages", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reserve_size", sa.Integer(), nullable=False),
        sa.Column("target_pool_size", sa.Integer(), nullable=False),
        sa.Column("target_pool_root", sa.Text(), nullable=False),
        sa.Column("inspector_pool_size", sa.Integer(), nullable=False),
        sa.Column("inspector_pool_root", sa.Text(), nullable=False),
        sa.Column("frozen_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("drawn_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("issued_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("receipt_root", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_draw")),
    )
    op.create_index(
        op.f("ix_draw_jurisdiction_id_plan_task_id"), "draw", ["jurisdiction_id", "plan_task_id"], unique=True
    )
    op.create_table(
        "feed_entry",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="inspection | checklist | part_state"),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "inspector_id", "number", name=op.f("pk_feed_entry")),
    )
    op.create_table(
        "feed_epoch",
        sa.Column("single", sa.Boolean(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("single", name=op.f("pk_feed_epoch")),
    )
    op.create_table(
        "feed_head",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "inspector_id", name=op.f("pk_feed_head")),
    )
    op.create_table(
        "inspection",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_task_id", sa.Uuid(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_inspection")),
    )
    op.create_index(
        op.f("ix_inspection_jurisdiction_id_draw_id_target_id"),
        "inspection",
        ["jurisdiction_id", "draw_id", "target_id"],
        unique=True,
    )
    op.create_table(
        "inspector",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("certificate_number", sa.Text(), nullable=False),
        sa.Column("certificate_expires_on", sa.Date(), nullable=False),
        sa.Column("staff_kind", sa.Text(), nullable=False, comment="enforcement | qualified | daily_supervision"),
        sa.Column("status", sa.Text(), nullable=False, comment="active | transferred | retired"),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_inspector")),
    )
    op.create_index(
        op.f("ix_inspector_jurisdiction_id_certificate_number"),
        "inspector",
        ["jurisdiction_id", "certificate_number"],
        unique=True,
    )
    op.create_table(
        "jurisdiction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False, comment="GB/T 2260"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False, comment="province | city | county"),
        sa.ForeignKeyConstraint(["parent_id"], ["jurisdiction.id"], name=op.f("fk_jurisdiction_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jurisdiction")),
        sa.UniqueConstraint("code", name=op.f("uq_jurisdiction_code")),
    )
    op.create_table(
        "jurisdiction_closure",
        sa.Column("ancestor_id", sa.Uuid(), nullable=False),
        sa.Column("descendant_id", sa.Uuid(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("ancestor_id", "descendant_id", name=op.f("pk_jurisdiction_closure")),
    )
    op.create_index(
        op.f("ix_jurisdiction_closure_descendant_id"), "jurisdiction_closure", ["descendant_id"], unique=False
    )
    op.create_table(
        "public_record",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("target_name", sa.Text(), nullable=False),
        sa.Column("grams", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "search_text",
            sa.Text(),
            nullable=False,
            comment="name, pinyin initials and code, to recheck what the grams found",
        ),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True, comment="last day to publish; none where the calendar ends"),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.Column("published_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", "version", name=op.f("pk_public_record")),
    )
    op.create_index(op.f("ix_public_record_grams"), "public_record", ["grams"], unique=False, postgresql_using="gin")
    op.create_index(op.f("ix_public_record_id"), "public_record", ["id"], unique=False)
    op.create_index(
        op.f("ix_public_record_jurisdiction_id_part_id_version"),
        "public_record",
        ["jurisdiction_id", "part_id", "version"],
        unique=True,
    )
    op.create_index(op.f("ix_public_record_published_at_id"), "public_record", ["published_at", "id"], unique=False)
    op.create_table(
        "received_operation",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("previous_sha256", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("operation", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("supersedes", sa.Uuid(), nullable=True),
        sa.Column("nonce_issued_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("captured_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("clock_offset_ms", sa.BigInteger(), nullable=False),
        sa.Column("received_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False, comment="accepted | accepted_into_dispute | rejected"),
        sa.Column("problem", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_received_operation")),
    )
    op.create_index(
        op.f("ix_received_operation_jurisdiction_id_device_id_sequence"),
        "received_operation",
        ["jurisdiction_id", "device_id", "sequence"],
        unique=False,
    )
    op.create_table(
        "server_secret",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("purpose", name=op.f("pk_server_secret")),
    )
    op.create_table(
        "setting_value",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("since", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "key", "since", name=op.f("pk_setting_value")),
    )
    op.create_table(
        "target",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="enterprise | individual_business | cooperative"),
        sa.Column("credit_code", sa.Text(), nullable=True, comment="GB 32100-2015"),
        sa.Column("legal_representative", sa.Text(), nullable=True, comment="personal data, never public (R18)"),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True, comment="WGS-84 degrees"),
        sa.Column("longitude", sa.Double(), nullable=True, comment="WGS-84 degrees"),
        sa.Column("industry_code", sa.Text(), nullable=False, comment="GB/T 4754"),
        sa.Column("industry_name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False, comment="operating | deregistered | revoked | moved"),
        sa.Column("credit_risk_class", sa.Text(), nullable=False, comment="A | B | C | D"),
        sa.Column("grams", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_target")),
    )
    op.create_index(op.f("ix_target_grams"), "target", ["grams"], unique=False, postgresql_using="gin")
    op.create_index(
        op.f("ix_target_jurisdiction_id_credit_code"), "target", ["jurisdiction_id", "credit_code"], unique=True
    )
    op.create_table(
        "upload",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="the photo's id, minted by the phone"),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column(
            "sha256", sa.Text(), nullable=False, comment="of all bytes, as announced and, once complete, as checked"
        ),
        sa.Column("length", sa.Integer(), nullable=False, comment="bytes"),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False, comment="as announced; never used as a path"),
        sa.Column("request_sha256", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("completed_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_jurisdiction_id_part_id"), "upload", ["jurisdiction_id", "part_id"], unique=False)
    op.create_table(
        "working_day",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "version", "day", name=op.f("pk_working_day")),
    )
    op.create_table(
        "device",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_key", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("alg", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="active | draining | revoked"),
        sa.Column("enrolled_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("request_sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "account_id"],
            ["account.jurisdiction_id", "account.id"],
            name=op.f("fk_device_jurisdiction_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_device")),
    )
    op.create_index(
        "uq_device_active",
        "device",
        ["jurisdiction_id", "account_id"],
        unique=True,
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_table(
        "draw_inspector",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("entry", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "draw_id"],
            ["draw.jurisdiction_id", "draw.id"],
            name=op.f("fk_draw_inspector_jurisdiction_id_draw_id"),
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "draw_id", "inspector_id", name=op.f("pk_draw_inspector")),
    )
    op.create_table(
        "draw_seat",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "draw_id"],
            ["draw.jurisdiction_id", "draw.id"],
            name=op.f("fk_draw_seat_jurisdiction_id_draw_id"),
        ),
        sa.PrimaryKeyConstraint(
            "jurisdiction_id", "draw_id", "target_id", "department_id", "seat", name=op.f("pk_draw_seat")
        ),
    )
    op.create_table(
        "draw_target",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("stratum", sa.Text(), nullable=False),
        sa.Column("entry", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("rank", sa.LargeBinary(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("receipt_salt", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "draw_id"],
            ["draw.jurisdiction_id", "draw.id"],
            name=op.f("fk_draw_target_jurisdiction_id_draw_id"),
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "draw_id", "target_id", name=op.f("pk_draw_target")),
    )
    op.create_table(
        "enrolment_code",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_sha256", sa.Text(), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("used_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "account_id"],
            ["account.jurisdiction_id", "account.id"],
            name=op.f("fk_enrolment_code_jurisdiction_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_enrolment_code")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_enrolment_code_code_sha256")),
    )
    op.create_table(
        "inspection_part",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("check_item_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=True, comment="mobile | desk"),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("result_code", sa.Text(), nullable=True),
        sa.Column(
            "formed_at",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="when the result was formed, as the law counts",
        ),
        sa.Column("record_id", sa.Uuid(), nullable=True, comment="the public record, once published"),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "inspection_id"],
            ["inspection.jurisdiction_id", "inspection.id"],
            name=op.f("fk_inspection_part_jurisdiction_id_inspection_id"),
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_inspection_part")),
    )
    op.create_index(
        op.f("ix_inspection_part_jurisdiction_id_inspection_id_department_id"),
        "inspection_part",
        ["jurisdiction_id", "inspection_id", "department_id"],
        unique=True,
    )
    op.create_table(
        "plan_task",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False, comment="joint | internal"),
        sa.Column("draw_kind", sa.Text(), nullable=False, comment="directed | undirected"),
        sa.Column("item_class", sa.Text(), nullable=False, comment="general | key"),
        sa.Column("method", sa.Text(), nullable=False, comment="on_site | written | online"),
        sa.Column("lead_department_id", sa.Uuid(), nullable=False),
        sa.Column("target_range", sa.Text(), nullable=False),
        sa.Column("target_industry", sa.Text(), nullable=False, comment="start of the GB/T 4754 code, '' for all"),
        sa.Column(
            "ratios",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="credit risk class -> 1/10,000 (R7)",
        ),
        sa.Column("planned_draw_on", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "plan_id"],
            ["annual_plan.jurisdiction_id", "annual_plan.id"],
            name=op.f("fk_plan_task_jurisdiction_id_plan_id"),
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_plan_task")),
    )
    op.create_index(
        op.f("ix_plan_task_jurisdiction_id_number"), "plan_task", ["jurisdiction_id", "number"], unique=True
    )
    op.create_table(
        "session",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("began_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("expires_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ended_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "account_id"],
            ["account.jurisdiction_id", "account.id"],
            name=op.f("fk_session_jurisdiction_id_account_id"),
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_token_sha256"), "session", ["token_sha256"], unique=True)
    op.create_table(
        "check_in",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="the operation's id"),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("entered_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("no_position_because", sa.Text(), nullable=True),
        sa.Column("distance_note", sa.Text(), nullable=True),
        sa.Column("received_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "part_id"],
            ["inspection_part.jurisdiction_id", "inspection_part.id"],
            name=op.f("fk_check_in_jurisdiction_id_part_id"),
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_check_in")),
    )
    op.create_table(
        "part_officer",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "part_id"],
            ["inspection_part.jurisdiction_id", "inspection_part.id"],
            name=op.f("fk_part_officer_jurisdiction_id_part_id"),
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "part_id", "inspector_id", name=op.f("pk_part_officer")),
    )
    op.create_index(
        op.f("ix_part_officer_jurisdiction_id_inspector_id"),
        "part_officer",
        ["jurisdiction_id", "inspector_id"],
        unique=False,
    )
    op.create_table(
        "plan_task_part",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("plan_task_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("assists_only", sa.Boolean(), nullable=False),
        sa.Column("check_item_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "plan_task_id"],
            ["plan_task.jurisdiction_id", "plan_task.id"],
            name=op.f("fk_plan_task_part_jurisdiction_id_plan_task_id"),
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "plan_task_id", "department_id", name=op.f("pk_plan_task_part")),
    )
    op.create_table(
        "submission",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="the operation's id, or the desk's"),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False, comment="mobile | desk"),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("request_sha256", sa.Text(), nullable=False),
        sa.Column("result_code", sa.Text(), nullable=False),
        sa.Column("formed_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("received_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "part_id"],
            ["inspection_part.jurisdiction_id", "inspection_part.id"],
            name=op.f("fk_submission_jurisdiction_id_part_id"),
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_submission")),
    )
    op.create_table(
        "submission_photo",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("arrived_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "submission_id"],
            ["submission.jurisdiction_id", "submission.id"],
            name=op.f("fk_submission_photo_jurisdiction_id_submission_id"),
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "submission_id", "photo_id", name=op.f("pk_submission_photo")),
    )
    op.create_index(
        op.f("ix_submission_photo_jurisdiction_id_photo_id"),
        "submission_photo",
        ["jurisdiction_id", "photo_id"],
        unique=False,
    )
