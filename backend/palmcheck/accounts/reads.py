"""Selectables that upper slices may join."""

from sqlalchemy import select

from palmcheck.accounts.models import Device

device_rows = select(
    Device.jurisdiction_id, Device.id, Device.account_id, Device.public_key, Device.alg, Device.state, Device.name
)
