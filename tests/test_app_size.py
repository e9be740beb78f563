"""The field app's scripts up to the first task list stay small: a cheap phone on a slow network waits for each."""

import gzip
import re
from pathlib import Path

import pytest

BUILT = Path(__file__).parents[1] / "pwa" / "dist"
LIMIT_BYTES = 80_000
"""Gzip, design.md section 9."""
SCRIPT = re.compile(r'(?:src|href)="(/assets/[^"]+\.js)"')


@pytest.mark.skipif(not (BUILT / "app" / "index.html").exists(), reason="the app is not built")
def test_scripts_to_the_first_list_fit_in_80_kilobytes() -> None:
    named = SCRIPT.findall((BUILT / "app" / "index.html").read_text(encoding="utf-8"))
    sizes = {name: len(gzip.compress((BUILT / name.lstrip("/")).read_bytes(), 9)) for name in named}

    assert sum(sizes.values()) <= LIMIT_BYTES, sizes
    assert len(sizes) > 1
