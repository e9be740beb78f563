"""The stylesheet of the public pages: the one file of design tokens, then what the pages add."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

TOKENS_IN_CHECKOUT = Path(__file__).resolve().parents[3] / "pwa" / "src" / "ui" / "tokens.css"


def tokens_file(package: Traversable | None = None) -> Traversable:
    """The design tokens: inside a wheel a copy made at build time, in a checkout the PWA's own file."""
    packaged = (package or files("palmcheck.public")) / "tokens.css"
    return packaged if packaged.is_file() else TOKENS_IN_CHECKOUT


@cache
def stylesheet() -> bytes:
    """Tokens and style in one."""
    style = files("palmcheck.public") / "style.css"
    return tokens_file().read_bytes() + b"\n" + style.read_bytes()


@cache
def stylesheet_version() -> str:
    """What stands in the stylesheet's address, so that a changed one is never taken from a cache."""
    return sha256(stylesheet()).hexdigest()[:12]
