"""Every table of every slice in one metadata: what the migrations must lead to."""

from palmcheck.kernel.database import Base

metadata = Base.metadata
"""Importing the slices' models above has filled it."""
