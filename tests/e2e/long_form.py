"""A county whose one task has a long checklist: thirty questions of the shipped forms, in as many sections as asked."""

from importlib.resources import files
from itertools import islice
from pathlib import Path

import msgspec

from palmcheck.app import REACTIONS
from palmcheck.catalogue.checklist_language import BothLanguages, Checklist, Section, YesNoQuestion
from palmcheck.demonstration.loading import load_demonstration
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.unit_of_work import Database
from tests.e2e.running_system import RunningSystem, start_system

QUESTIONS = 30


def long_form(sections: int) -> Checklist:
    """Thirty questions where a no is a problem, as officers are asked them, in sections of the same length."""
    folder = files("palmcheck.catalogue") / "checklists"
    forms = [
        msgspec.json.decode((folder / f"CL-0{number}.json").read_bytes(), type=Checklist) for number in range(1, 8)
    ]
    asked = (
        question
        for form in forms
        for question in form.questions
        if isinstance(question, YesNoQuestion) and question.when_no and question.show_when is None
    )
    questions = {question.key: question for question in asked}
    taken = list(islice(questions.values(), QUESTIONS))
    size = QUESTIONS // sections
    return Checklist(
        schema="palmcheck/checklist/v1",
        code="CL-90",
        version=1,
        title=BothLanguages("三十项检查结果表", "A form of thirty questions"),
        sections=tuple(
            Section(
                key=f"section_{at + 1}",
                title=BothLanguages(f"第{at + 1}部分", f"Part {at + 1}"),
                questions=tuple(taken[at * size : (at + 1) * size]),
            )
            for at in range(sections)
        ),
    )


async def start_county_with(form: Checklist, database_url: str, data: Path) -> RunningSystem:
    """The small demonstration with this form, served."""
    engine = open_engine(database_url)
    await load_demonstration(Database(engine, REACTIONS), data, form)
    await engine.dispose()
    return await start_system(data, database_url=database_url)
