"""What somebody typed into the search of targets, understood. Pure but for the readings of one character."""

import re
from dataclasses import dataclass
from typing import Literal

from palmcheck.kernel.grams import bigrams, normal
from palmcheck.kernel.pinyin import starts

CODE = re.compile(r"[0-9][0-9a-z]{3,17}")


@dataclass(frozen=True)
class Sought:
    """How to find it: `pairs` of characters, the `code` that begins so, or the `start` of a name.

    One character has no pair; asked as `grams @> '{}'` it would find everything, so it finds starts of names.
    """

    by: Literal["nothing", "pairs", "code", "start"]
    text: str = ""
    pairs: tuple[str, ...] = ()
    ranges: tuple[tuple[str, str], ...] = ()


def sought(q: str | None) -> Sought:
    """Reads a query: four or more digits or letters that begin with a digit are the start of a code."""
    text = "".join(character for character in normal(q or "") if character.isprintable())
    if not text:
        return Sought("nothing")
    if CODE.fullmatch(text):
        return Sought("code", text.upper())
    if len(text) > 1:
        return Sought("pairs", text, tuple(sorted(bigrams(text))))
    if text.isascii():
        return Sought("start", text, ranges=((text, chr(ord(text) + 1)),))
    return Sought("start", text, ranges=tuple((read, f"{read}!") for read in starts(text)))
