"""The party's result on paper (R29): A4, the font embedded, so that every reader shows the same."""

import os
from functools import cache
from pathlib import Path

from fpdf import FPDF, XPos, YPos

from palmcheck.inspections.party_results import PartyResult
from palmcheck.public.rendering import law_day, moment, text

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
"""Where Debian, Arch and Fedora put a font for Chinese that may be embedded (OFL, Apache); a setting goes before."""
LEFT, LABEL, LINE = 20, 34, 8


@cache
def font_path() -> Path | None:
    """The font for Chinese on this machine: PALMCHECK_PDF_FONT, or the first that is known; None leaves the PDF out."""
    named = os.environ.get("PALMCHECK_PDF_FONT")
    return next((path for path in map(Path, (named, *FONTS) if named else FONTS) if path.is_file()), None)


def party_pdf(result: PartyResult, sentence: str, language: str, font: Path) -> bytes:
    """The bytes of the paper. Takes about two seconds: the font is cut down to the characters used."""
    paper = FPDF(format="A4")
    paper.add_font("text", "", font)
    paper.set_margins(LEFT, 18)
    paper.set_title(text(language, "party.title"))
    paper.add_page()
    _line(paper, text(language, "party.title"), 20)
    _line(paper, result.target_name, 15)
    _line(paper, sentence, 18)
    paper.ln(3)
    for label, value in _facts(result, language):
        _fact(paper, label, value)
    for at, problem in enumerate(result.problems, 1):
        due = text(language, "party.due", day=law_day(language, problem.due_on)) if problem.due_on else ""
        handled = text(language, f"party.handling.{problem.handling}")
        _fact(paper, text(language, "party.problem", number=at), f"{problem.what}\n{handled} {due}".strip())
    paper.ln(4)
    _line(paper, text(language, "party.rights"), 10)
    return bytes(paper.output())


def _facts(result: PartyResult, language: str) -> list[tuple[str, str]]:
    who = "\n".join(f"{each.name}  {each.certificate_number}" for each in result.officers)
    times = f"{moment(language, result.entered_at)} - {moment(language, result.left_at)}"
    found = [("department", result.jurisdiction + result.department), ("items", "\n".join(result.items))]
    found += [("officers", who), ("times", times)]
    if result.statement:
        found.append(("statement", result.statement))
    if result.signed is not None:
        found.append(("party", text(language, "party.signed" if result.signed else "party.refused")))
    return [(text(language, f"party.{key}"), value) for key, value in found]


def _line(paper: FPDF, words: str, size: int) -> None:
    paper.set_font("text", size=size)
    paper.multi_cell(0, size * 0.55, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(1.5)


def _fact(paper: FPDF, label: str, value: str) -> None:
    paper.set_font("text", size=11)
    top = paper.get_y()
    paper.multi_cell(LABEL, LINE, label, new_x=XPos.RIGHT, new_y=YPos.TOP)
    paper.set_xy(LEFT + LABEL, top)
    paper.multi_cell(0, LINE, value, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
