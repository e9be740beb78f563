"""Migrations: forward only, one head, expand before contract."""
