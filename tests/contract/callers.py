"""Who asks the running app whatever its document allows: nobody, and somebody of each main role."""

from collections import defaultdict
from typing import Any

import httpx

from palmcheck.demonstration.county import DemoAccount

Json = dict[str, Any]


def sign_in(base: str, login: DemoAccount) -> httpx.Client:
    """A desk of this login; an answer's time is not what is asked about."""
    client = httpx.Client(base_url=base, timeout=30)
    body = {"username": login.username, "password": login.password}
    assert client.post("/api/accounts/sessions", json=body).status_code == 201
    return client


def known_ids(clients: dict[str, httpx.Client], document: Json) -> dict[str, list[str]]:
    """Address of a list -> ids of what stands in it, as anybody signed in sees it: what an id in a path may name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path, item in document["paths"].items():
        if "{" in path or "get" not in item:
            continue
        for client in clients.values():
            answer = client.get(path)
            if answer.status_code == 200 and "json" in answer.headers.get("content-type", ""):
                found[path] += [row["id"] for row in _rows(answer.json()) if row["id"] not in found[path]][:3]
    return found


def _rows(body: Any) -> list[Json]:
    listed = body.get("items", []) if isinstance(body, dict) else body
    return [row for row in listed if isinstance(row, dict) and isinstance(row.get("id"), str)]
