"""The OpenAPI document, made when it is first asked for: a process that starts does not wait for it."""

from typing import Any

from litestar import Litestar, Request
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.routes import HTTPRoute

from palmcheck.accounts.permissions import Who
from palmcheck.kernel.problem_document import describe_problems

_KEPT = "openapi_document"


def openapi_document(app: Litestar) -> dict[str, Any]:
    """The document of the whole API: who may call each operation, and how each may refuse."""
    if _KEPT not in app.state:
        _say_who(app)
        describe_problems(app.openapi_schema)
        app.state[_KEPT] = app.openapi_schema.to_schema()
    document: dict[str, Any] = app.state[_KEPT]
    return document


class _Described(JsonRenderPlugin):
    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The document with what the framework does not know."""
        del openapi_schema
        return self.render_json(request, openapi_document(request.app))


OPENAPI = OpenAPIConfig(
    title="PalmCheck 掌检",
    version="0.1.0",
    path="/api/docs",
    render_plugins=[_Described(path="/openapi.json")],
    use_handler_docstrings=True,
)


def _say_who(app: Litestar) -> None:
    """Writes into the OpenAPI document who may call each operation, as its guard says."""
    who = {
        str(handler.operation_id): guard.sentence()
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for guard in handler.guards or ()
        if isinstance(guard, Who)
    }
    for item in (app.openapi_schema.paths or {}).values():
        for operation in (item.get, item.put, item.post, item.delete, item.head, item.patch):
            if operation is not None and operation.operation_id in who:
                operation.description = f"{operation.description or ''}\n\n{who[operation.operation_id]}".strip()
