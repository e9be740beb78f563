"""A batch of rows of a file -> lines for COPY and faults. All fields of the registry's row are made here."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256

from palmcheck.kernel.grams import searchable
from palmcheck.registry.importing import values
from palmcheck.registry.importing.columns import Header
from palmcheck.registry.importing.csv_rows import BROKEN, Row
from palmcheck.registry.importing.values import Report, Words, worded

STAGED = ("line", "name", "kind", "credit_code", "registration_number", "legal_representative", "address", "latitude",
          "longitude", "industry_code", "industry_name", "status", "credit_risk_class", "external_ids",
          "department_ids", "grams", "search_text", "pinyin", "row_hash", "responsible_code",
          "responsible_name")  # fmt: skip
"""Columns of the staging table, in the order of a line."""
SHOWN = 200
OTHER_SYSTEM = "其他系统"


@dataclass(frozen=True)
class Fault:
    """What is wrong with one row."""

    line: int
    field: str
    rule: str
    value: str


class Batches:
    """Turns batches of rows into COPY text; remembers the codes of all rows to find repeated ones."""

    def __init__(self, header: Header, width: int, department_ids: Mapping[str, str], own_department: str) -> None:
        self._places, self._width, self._own = header.places, width, own_department
        self._seen: dict[str, int] = {}
        self._words = {
            "kind": Words("kind", worded(values.KINDS), None),
            "status": Words("status", worded(values.STATUSES), "operating"),
            "credit_risk_class": Words("credit_risk_class", values.risk_class, None),
            "industry_code": Words("industry_code", values.industry_code, None),
            "departments": Words("departments", values.departments(department_ids), "{}"),
        }
        self._salt = ",".join(sorted(header.places)).encode()[:1000]
        self.digest = sha256()
        self.rows = self.bad = 0
        self.things = False
        """Whether any good row is a product, project or behaviour."""
        self.kept_keys: list[tuple[str, str, str]] = []
        """Codes and name of bad rows: a target is not gone because its row has a slip of the pen."""

    def lines(self, rows: Sequence[Row], tell: Callable[[Fault], None]) -> bytes:
        """The good rows as text for COPY; the bad ones are told, one fault a field."""
        rows = self._whole([row for row in rows if any(row[1])], tell)
        wrong: dict[int, None] = {}
        numbers = [line for line, _ in rows]

        def report_for(field: str) -> Report:
            def report(at: int, rule: str, value: str) -> None:
                wrong[at] = None
                tell(Fault(numbers[at], field, rule, values.tidied(value)[:SHOWN]))

            return report

        cells = self._even([cells for _, cells in rows], report_for("row"))
        if not cells:
            return b""
        cleaned = self._clean(list(zip(*cells, strict=True)), len(cells), report_for)
        self._find_repeated(cleaned, numbers, wrong, report_for)
        self.bad += len(wrong)
        self._keep_keys(cleaned, wrong)
        return self._copy_text(cleaned, numbers, wrong)

    def _whole(self, rows: list[Row], tell: Callable[[Fault], None]) -> list[Row]:
        """The rows that could be read; the others are counted and told."""
        whole = [row for row in rows if row[1][0] != BROKEN]
        self.rows += len(rows)
        self.bad += len(rows) - len(whole)
        for line, cells in rows if len(whole) < len(rows) else ():
            if cells[0] == BROKEN:
                tell(Fault(line, "row", "quotes", values.tidied(cells[1])[:SHOWN]))
                self.kept_keys += [(code, "", "") for code in values.codes_in(cells[1])]
        return whole

    def _even(self, rows: list[list[str]], report: Report) -> list[list[str]]:
        """All rows as wide as the header; what stands beyond it is a fault."""
        width = self._width
        for at, cells in enumerate(rows):
            if len(cells) == width:
                continue
            if any(each.strip() for each in cells[width:]):
                report(at, "too_many_cells", " ".join(cells[width:]))
            rows[at] = (cells + [""] * width)[:width]
        return rows

    def _clean(
        self, columns: Sequence[Sequence[str]], count: int, report_for: Callable[[str], Report]
    ) -> dict[str, list[str]]:
        nothing = [""] * count

        def found(field: str) -> Sequence[str]:
            return columns[self._places[field]] if field in self._places else nothing

        cleaned = {
            field: values.clean_text(found(field), field, report_for(field)) if field in self._places else nothing
            for field in values.LONGEST
        }
        for field, words in self._words.items():
            absent = {"status": "operating", "departments": "{}"}.get(field, "")
            has = field in self._places
            cleaned[field] = words.clean(found(field), report_for(field)) if has else [absent] * count
        cleaned["credit_code"], cleaned["registration_number"] = values.clean_codes(
            found("credit_code"), found("registration_number"), report_for("credit_code"),
            report_for("registration_number"),
        )  # fmt: skip
        things = self._find_responsible(cleaned, found("responsible_code"), report_for("responsible_code"))
        cleaned["latitude"], cleaned["longitude"] = values.clean_positions(
            found("latitude"), found("longitude"), report_for("position")
        )
        for field in ("name", "address"):
            report = report_for(field)
            for at, value in enumerate(cleaned[field]):
                if not value and not (field == "address" and at in things):
                    report(at, "required", "")
        return cleaned

    def _find_responsible(self, cleaned: dict[str, list[str]], found: Sequence[str], report: Report) -> frozenset[int]:
        """Who answers for products, projects and behaviours; answers which rows these are.

        They have no code of their own: one that stands there is their entity's. Entities answer for themselves.
        """
        kinds = cleaned["kind"]
        codes = cleaned["responsible_code"] = [""] * len(kinds)
        names = cleaned["responsible_name"] = list(cleaned["responsible_name"])
        things = frozenset(at for at, kind in enumerate(kinds) if kind in values.THINGS)
        self.things = self.things or bool(things)
        for at in range(len(kinds)) if any(names) else ():
            names[at] = names[at] if at in things else ""
        for at in things:
            code = values.responsible_code(found[at])
            codes[at] = code or cleaned["credit_code"][at] or cleaned["registration_number"][at]
            cleaned["credit_code"][at] = cleaned["registration_number"][at] = ""
            if code is None:
                report(at, "responsible_code", found[at])
            elif not codes[at] and not names[at]:
                report(at, "responsible_required", "")
        return things

    def _find_repeated(
        self, cleaned: dict[str, list[str]], numbers: list[int], wrong: dict[int, None],
        report_for: Callable[[str], Report],
    ) -> None:  # fmt: skip
        seen = self._seen
        repeated = report_for("row")
        keys = zip(
            cleaned["credit_code"], cleaned["registration_number"], cleaned["name"], cleaned["address"],
            cleaned["responsible_code"], cleaned["responsible_name"], strict=True,
        )  # fmt: skip
        for at, (code, number, name, address, whose, named) in enumerate(keys):
            key = code or number or f"{name}\n{address}\n{whose or named}"
            first = seen.setdefault(key, numbers[at])
            if first != numbers[at] and at not in wrong:
                repeated(at, "repeated", f"{code or number or name} ({first})")

    def _keep_keys(self, cleaned: dict[str, list[str]], wrong: Iterable[int]) -> None:
        self.kept_keys += [
            (cleaned["credit_code"][at], cleaned["registration_number"][at], cleaned["name"][at]) for at in wrong
        ]

    def _copy_text(self, cleaned: dict[str, list[str]], numbers: list[int], wrong: dict[int, None]) -> bytes:
        own = self._own
        lines = []
        columns = [cleaned[field] for field in _FIELDS]
        risky = any("\\" in "".join(column) for column in columns)
        for at, row in enumerate(zip(*columns, strict=True)):
            if at in wrong:
                continue
            (name, kind, code, number, person, address, north, east, industry, industry_name, status, risk, system,
             outside, departments, whose, named) = row  # fmt: skip
            hashed = row if whose or named else row[:_ENTITY_FIELDS]
            row_hash = blake2b("\x1f".join(hashed).encode("utf-8", "replace"), digest_size=16, key=self._salt[:64])
            self.digest.update(row_hash.digest())
            found_by = searchable(name, code or None, number or None)
            ids = json.dumps({system or OTHER_SYSTEM: outside}, ensure_ascii=False) if outside else "{}"
            if own and own not in departments:
                departments = "{" + own + "}" if departments == "{}" else departments[:-1] + "," + own + "}"
            fields = [str(numbers[at]), name, kind, code or "\\N", number or "\\N", person or "\\N", address,
                      north or "\\N", east or "\\N", industry, industry_name, status, risk, ids, departments,
                      _array(found_by.grams, found_by.text), found_by.text, found_by.pinyin,
                      "\\\\x" + row_hash.hexdigest(), whose or "\\N", named or "\\N"]  # fmt: skip
            if risky or outside or "\\" in fields[15]:
                fields = [each if each == "\\N" or each[:3] == "\\\\x" else _escaped(each) for each in fields]
            lines.append("\t".join(fields))
        return ("\n".join(lines) + "\n").encode("utf-8", "replace") if lines else b""


_FIELDS = ("name", "kind", "credit_code", "registration_number", "legal_representative", "address", "latitude",
           "longitude", "industry_code", "industry_name", "status", "credit_risk_class", "external_system",
           "external_id", "departments", "responsible_code", "responsible_name")  # fmt: skip
_ENTITY_FIELDS = len(_FIELDS) - 2
"""An entity's hash says nothing of who is responsible, so that it stays what it was before files could say it."""


def _array(elements: Iterable[str], text: str) -> str:
    """An array literal."""
    if '"' in text or "\\" in text:
        elements = [each.replace("\\", "\\\\").replace('"', '\\"') for each in elements]
    inner = '","'.join(elements)
    return '{"' + inner + '"}' if inner else "{}"


def _escaped(value: str) -> str:
    """A value for COPY in text format; tabs and line breaks are gone by now."""
    return value.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ")
