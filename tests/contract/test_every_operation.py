"""Every operation of the OpenAPI document is asked what the document allows, by everybody: it keeps its word.

No answer is our failure (5xx), and each has the status, the media type and the shape that the document names.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from palmcheck.contract import SCHEMAS
from palmcheck.demonstration.county import DemoAccount
from tests.contract.callers import known_ids, sign_in
from tests.world.served import served_app

ROLES = ("team_lead", "inspector", "department_administrator", "joint_office", "auditor")
EXAMPLES, EXAMPLES_IN_PUBLIC = 2, 12
"""What anybody may ask is asked more often, with every filter there is; nobody has to sign in for it."""
PUBLIC = "/api/public/"
LAST = ("/api/accounts/me/", "/api/accounts/users", "/api/accounts/sessions/current", "/api/accounts/enrolled-devices")
"""What ends a caller's session, or locks his account."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BRIEFLY = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass
class Running:
    """The served app, its callers, and what its lists name."""

    base: str
    logins: dict[str, DemoAccount]
    clients: dict[str, httpx.Client]
    ids: dict[str, list[str]]


@pytest.fixture
async def running(county: list[DemoAccount], world: Any, database_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    """One app for all operations, with a draw issued and a visit made."""
    await world.phone_with_parts()
    document = json.loads((SCHEMAS / "openapi.json").read_text("utf-8"))
    async with served_app(database_url, tmp_path) as base:
        logins = {role: next(login for login in county if login.role == role) for role in ROLES}

        def open_all() -> Running:
            clients = {role: sign_in(base, login) for role, login in logins.items()}
            ids = known_ids(clients, document)
            return Running(base, logins, {"nobody": httpx.Client(base_url=base, timeout=30)} | clients, ids)

        yield await asyncio.to_thread(open_all)


async def test_the_app_keeps_what_its_document_says(running: Running) -> None:
    schema = schemathesis.openapi.from_dict(json.loads((SCHEMAS / "openapi.json").read_text("utf-8")))
    found: list[Any] = [each.ok() for each in schema.get_all_operations()]  # type: ignore[union-attr]
    operations = sorted(found, key=lambda each: each.path.startswith(LAST))

    broken = await asyncio.to_thread(lambda: [said for each in operations for said in faults(running, each)])

    assert broken == [], "\n\n".join(broken)
    assert len(operations) > 100


def faults(running: Running, operation: Any) -> list[str]:
    """What an operation answered against its document: one fault a kind."""
    found: dict[str, str] = {}
    shut_out: set[str] = set()
    public = operation.path.startswith(PUBLIC)
    often = settings(BRIEFLY, max_examples=EXAMPLES_IN_PUBLIC if public else EXAMPLES)

    def ask(case: Any) -> None:
        for role, client in running.clients.items():
            if role in shut_out or (public and role != "nobody"):
                continue
            for path_parameters in ways(running, operation, case):
                case.path_parameters = path_parameters
                answer = client.request(**case.as_transport_kwargs(base_url=running.base) | {"cookies": client.cookies})
                if answer.status_code in {401, 403}:
                    shut_out.add(role)
                for fault in broken_promises(case, answer):
                    said = f"{operation.label} as {role}: {fault}\n{answer.status_code} {answer.text[:400]}"
                    found.setdefault(type(fault).__name__, said)

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        with suppress(Unsatisfiable):  # an operation that takes nothing cannot be asked wrongly
            often(given(case=operation.as_strategy(generation_mode=mode))(ask))()
    return list(found.values())


def broken_promises(case: Any, answer: httpx.Response) -> list[Exception]:
    """How an answer differs from what the document says of it."""
    try:
        case.validate_response(answer, checks=CHECKS)
    except FailureGroup as faults:
        return [fault for fault in faults.exceptions if isinstance(fault, Exception)]
    return []


def ways(running: Running, operation: Any, case: Any) -> list[dict[str, Any] | None]:
    """The path as it was made up, and again with an id that its list names."""
    made_up = case.path_parameters
    ids = running.ids.get(operation.path.partition("/{")[0])
    if not ids or not made_up or "id" not in made_up:
        return [made_up]
    return [made_up, {**made_up, "id": ids[0]}]
