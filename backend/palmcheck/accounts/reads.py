"""Selectables that upper slices may join."""

from sqlalchemy import select

from palmcheck.accounts.models import Account, Device

device_rows = select(
    Device.jurisdiction_id, Device.id, Device.account_id, Device.public_key, Device.alg, Device.state, Device.name
)

account_rows = select(Account.jurisdiction_id, Account.id, Account.display_name)

active_account_rows = select(
    Account.jurisdiction_id,
    Account.id,
    Account.display_name,
    Account.department_id,
    Account.inspector_id,
    Account.roles,
).where(Account.status == "active")
"""One row an account in use: who is told of something."""
