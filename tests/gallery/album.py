"""The gallery's page: every screen with its pictures side by side, and what is wrong written above."""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from tests.gallery.walking import Picture

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; background: #f6f4ef; color: #26231d; }
section { margin-bottom: 2.5rem; } h2 { font-size: 1.05rem; border-top: 1px solid #d9d3c6; padding-top: 1rem; }
.row { display: flex; gap: 1rem; align-items: flex-start; overflow-x: auto; }
figure { margin: 0; } figcaption { font-size: .8rem; color: #6b6557; }
img { max-height: 32rem; border: 1px solid #d9d3c6; background: white; } .wrong { color: #9c2f1d; }
nav { columns: 4; font-size: .85rem; }
"""


def write_album(out: Path, pictures: Sequence[Picture]) -> Path:
    """Writes `index.html` beside the pictures."""
    sections = [
        _section(title, list(of_screen)) for title, of_screen in groupby(pictures, lambda each: each.screen.title)
    ]
    titles = dict.fromkeys(each.screen.title for each in pictures)
    links = "".join(f'<div><a href="#{title}">{title}</a></div>' for title in titles)
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>PalmCheck</title><style>{STYLE}</style>'
    page = out / "index.html"
    page.write_text(f"{head}<h1>PalmCheck: every screen</h1><nav>{links}</nav>{''.join(sections)}</html>", "utf-8")
    return page


def _section(title: str, pictures: list[Picture]) -> str:
    wrong = dict.fromkeys(fault for each in pictures for fault in each.faults)
    told = "".join(f'<li class="wrong">{escape(fault)}</li>' for fault in wrong)
    shown = "".join(
        f'<figure><a href="{each.file}"><img loading="lazy" src="{each.file}" alt="{title}"></a>'
        f"<figcaption>{each.language}, {each.width}, {each.scheme}</figcaption></figure>"
        for each in pictures
    )
    return f'<section id="{title}"><h2>{title}</h2><ul>{told}</ul><div class="row">{shown}</div></section>'
