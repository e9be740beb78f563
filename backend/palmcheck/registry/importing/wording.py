"""The import's own words in both languages: columns, rules, notes."""

import json
from functools import cache
from pathlib import Path

from palmcheck.registry.importing.columns import HEADERS


@cache
def words(language: str) -> dict[str, str]:
    """The catalogue of one language."""
    source = Path(__file__).parent / "messages" / f"import.{language}.json"
    loaded: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))
    return loaded


def column_text(field: str, language: str) -> str:
    """What the template calls a field; in every language as it stands in the file."""
    return HEADERS[field][0] if field in HEADERS else words(language)[f"field.{field}"]
