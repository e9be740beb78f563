"""The sections of GB/T 4754-2017 (门类): what a reader narrows by when he does not know codes. Pure."""

SECTIONS: tuple[tuple[str, int, int], ...] = (
    ("A", 1, 5),
    ("B", 6, 12),
    ("C", 13, 43),
    ("D", 44, 46),
    ("E", 47, 50),
    ("F", 51, 52),
    ("G", 53, 60),
    ("H", 61, 62),
    ("I", 63, 65),
    ("J", 66, 69),
    ("K", 70, 70),
    ("L", 71, 72),
    ("M", 73, 75),
    ("N", 76, 79),
    ("O", 80, 82),
    ("P", 83, 83),
    ("Q", 84, 85),
    ("R", 86, 90),
    ("S", 91, 96),
    ("T", 97, 97),
)
"""Letter, first and last division (大类, the code's first two digits)."""
LETTERS = frozenset(letter for letter, _, _ in SECTIONS)


def section_of(industry_code: str) -> str | None:
    """The section of an industry's code, such as H for 6210; None for what is no code."""
    division = industry_code[:2]
    if not (len(division) == 2 and division.isascii() and division.isdigit()):
        return None
    return next((letter for letter, first, last in SECTIONS if first <= int(division) <= last), None)
