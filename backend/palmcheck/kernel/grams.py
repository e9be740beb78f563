"""Search by two characters of a name, by pinyin initials, or by the start of a code.

The application makes the bigrams and keeps them in a `text[]` under a GIN index: two Chinese characters
are too short for trigrams, and a generated column costs thirty times as much.
"""

import unicodedata
from dataclasses import dataclass

from palmcheck.kernel.pinyin import sort_key, syllables


def normal(value: str) -> str:
    """Full-width forms folded, lower case, no spaces: how names are compared."""
    return "".join(unicodedata.normalize("NFKC", value).lower().split())


def initials(name: str) -> str:
    """Pinyin initials of a name, such as `ljxlh` for 临江鲜老火."""
    return "".join([syllable[0] for syllable in syllables(normal(name))])


def bigrams(value: str) -> set[str]:
    """Every two neighbouring characters of a normalised value."""
    folded = normal(value)
    return {folded[at : at + 2] for at in range(len(folded) - 1)}


def grams(name: str, *codes: str | None) -> list[str]:
    """What to keep for a row: bigrams of its name, of its pinyin initials, and of its codes."""
    found = bigrams(name) | bigrams(initials(name))
    for code in codes:
        found |= bigrams(code or "")
    return sorted(found)


def search_text(name: str, *codes: str | None) -> str:
    """What a query must really occur in, once its bigrams have found the row: parts are parted by spaces."""
    return " ".join([normal(name), initials(name), *(normal(code) for code in codes if code)])


@dataclass(frozen=True)
class Searchable:
    """What a searched table keeps of a row: candidates by `grams`, recheck in `text`, order by `pinyin`."""

    grams: list[str]
    text: str
    pinyin: str


def searchable(name: str, *codes: str | None) -> Searchable:
    """All that search and order need of a row, made in one go."""
    folded = normal(name)
    letters = "".join([syllable[0] for syllable in syllables(folded)])
    parts = [folded, letters, *(normal(code) for code in codes if code)]
    pairs = {part[at : at + 2] for part in parts for at in range(len(part) - 1)}
    return Searchable(sorted(pairs), " ".join(parts), sort_key(folded))
