"""Splitting a script into statements: the driver takes one at a time."""

from pathlib import Path


def statements(script: Path) -> list[str]:
    """The statements of a script whose lines end them with `;`, outside of `$$` bodies."""
    found: list[str] = []
    lines: list[str] = []
    in_body = False
    for line in script.read_text(encoding="utf-8").splitlines():
        lines.append(line)
        in_body ^= line.count("$$") % 2 == 1
        if line.rstrip().endswith(";") and not in_body:
            found.append("\n".join(lines))
            lines = []
    return found
