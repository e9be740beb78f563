"""What the documents name exists: files, settings, commands."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PATH_IN_TEXT = re.compile(r"`((?:backend|pwa|docs|infra|schemas|tests|src)/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
SETTING = re.compile(r"PALMCHECK_[A-Z0-9_]*[A-Z0-9]")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_and_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for named in PATH_IN_TEXT.findall(text):
        assert (ROOT / named).exists() or (ROOT / "pwa" / named).exists(), named
    for link in LINK.findall(text):
        assert (page.parent / link).exists(), link


def test_every_setting_is_described_and_none_that_is_not_there() -> None:
    read = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "backend").rglob("*.py"))
    described = set(SETTING.findall((ROOT / "docs" / "operation.md").read_text(encoding="utf-8")))
    assert described == set(SETTING.findall(read))


@pytest.mark.parametrize("command", ["serve", "migrate", "audit verify", "doctor"])
def test_the_commands_that_the_pages_name_exist(command: str) -> None:
    asked = [sys.executable, "-m", "palmcheck", *command.split(), "--help"]
    assert subprocess.run(asked, capture_output=True, cwd=ROOT / "backend", check=False).returncode == 0
