"""The layout is the architecture: rooms, floors and sizes (design.md section 1)."""

import ast
import tomllib
from pathlib import Path

import pytest

import palmcheck

PACKAGE = Path(palmcheck.__file__).parent
ROOT = PACKAGE.parents[1]
SLICES = sorted(each.parent for each in PACKAGE.glob("*/events.py")) or []
NOT_WRITTEN_BY_HAND = "migrations/versions"
LONGEST = 300
VAGUE = {"utils", "util", "helper", "helpers", "manager", "managers", "common", "misc", "base"}


def modules(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def names_imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_no_file_is_longer_than_a_reader_s_patience() -> None:
    ours = [path for path in modules(PACKAGE, ROOT / "tests") if NOT_WRITTEN_BY_HAND not in path.as_posix()]
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in ours
        if (lines := len(path.read_text("utf-8").splitlines())) >= LONGEST
    }

    assert too_long == {}
    assert len(ours) > 100


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = {part for path in modules(PACKAGE) for part in path.relative_to(PACKAGE).with_suffix("").parts}

    assert named & VAGUE == set()


def test_the_kernel_knows_no_slice() -> None:
    known = {name for path in modules(PACKAGE / "kernel") for name in names_imported(path)}

    assert {
        name for name in known if name.startswith("palmcheck.") and not name.startswith("palmcheck.kernel")
    } == set()


@pytest.mark.parametrize("home", SLICES, ids=lambda home: str(home.name))
def test_a_slice_has_a_door_of_its_own_and_stands_on_a_floor(home: Path) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = " ".join(next(each for each in contracts if each["type"] == "layers")["layers"]).split()
    guarded = [module for each in contracts if each["type"] == "protected" for module in each["protected_modules"]]

    assert f"palmcheck.{home.name}" in layers
    assert (ast.get_docstring(ast.parse((home / "__init__.py").read_text("utf-8"))) or "").strip()
    if (home / "models.py").exists():
        assert f"palmcheck.{home.name}.models" in guarded


def test_verbs_never_commit() -> None:
    """The edge that opened the unit of work does (R15)."""
    committing = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for home in SLICES
        for path in modules(home)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"commit", "rollback"}
    ]

    assert committing == []


def test_every_event_has_a_name_of_its_own_and_says_what_happened() -> None:
    from palmcheck.app import CONTROLLERS
    from palmcheck.kernel.events import Event

    assert CONTROLLERS
    ours = [each for each in Event.__subclasses__() if each.__module__.startswith("palmcheck.")]
    names = [each.name for each in ours]

    assert len(names) == len(set(names)) > 15
    assert [each for each in ours if not (each.__doc__ or "").strip() or "." not in each.name] == []
