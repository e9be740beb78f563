"""One file of tokens for the phone, the console and the public pages."""

import re
import tomllib
from pathlib import Path

from palmcheck.public.stylesheet import TOKENS_IN_CHECKOUT, stylesheet, tokens_file

ROOT = Path(__file__).resolve().parents[2]


def test_the_pages_take_the_tokens_of_the_phone() -> None:
    tokens = (ROOT / "pwa" / "src" / "ui" / "tokens.css").read_bytes()
    assert stylesheet().startswith(tokens)


def test_a_wheel_brings_the_same_file() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    included = build["targets"]["wheel"]["force-include"]
    assert included["pwa/src/ui/tokens.css"] == "palmcheck/public/tokens.css"
    assert not (ROOT / "backend" / "palmcheck" / "public" / "tokens.css").exists(), "a second copy would drift"


def test_the_packaged_file_comes_first(tmp_path: Path) -> None:
    assert tokens_file(tmp_path) == TOKENS_IN_CHECKOUT
    (tmp_path / "tokens.css").write_text(":root {}")
    assert tokens_file(tmp_path) == tmp_path / "tokens.css"


def test_every_token_that_is_used_exists() -> None:
    text = stylesheet().decode()
    defined = set(re.findall(r"(--[\w-]+):", text))
    assert set(re.findall(r"var\((--[\w-]+)\)", text)) <= defined


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert not re.search(r"url\(|@import|https?:", stylesheet().decode())
