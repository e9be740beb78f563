"""Selectables that upper slices may join."""

from sqlalchemy import select

from palmcheck.draws.models import Draw

draw_rows = select(Draw.jurisdiction_id, Draw.id, Draw.plan_task_id, Draw.drawn_at)
