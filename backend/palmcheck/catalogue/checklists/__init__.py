"""Checklists that come with the program, to start from and for the demonstration county.

They are examples: which consequence follows is the officer's to decide, and excerpts quote only how an article begins.
"""

from importlib.resources import files

import msgspec

from palmcheck.catalogue.checklist_language import Checklist

SHIPPED = ("CL-01", "CL-02", "CL-03", "CL-04", "CL-05", "CL-06", "CL-07", "CL-08")


def shipped_checklist(code: str) -> Checklist:
    """One of `SHIPPED`. Raises KeyError for any other code."""
    if code not in SHIPPED:
        raise KeyError(code)
    return msgspec.json.decode(files(__name__).joinpath(f"{code}.json").read_bytes(), type=Checklist)
