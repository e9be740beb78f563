"""What the OpenAPI document says of refusals: every operation may answer with a problem (RFC 9457)."""

from litestar.openapi.spec import OpenAPI, OpenAPIMediaType, OpenAPIResponse, Reference, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType

from palmcheck.kernel.web import PROBLEM_MEDIA_TYPE

PROBLEM = "Problem"
TEXT = Schema(type=OpenAPIType.STRING)


def problem_schema() -> Schema:
    """The body of every refusal; `field` names the place in the request, `rule` the rule of the domain."""
    return Schema(
        type=OpenAPIType.OBJECT,
        description="A refusal: what is wrong, where, and by which rule. Tell problems apart by `code`.",
        properties={
            "type": Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.URI),
            "title": TEXT,
            "status": Schema(type=OpenAPIType.INTEGER),
            "detail": TEXT,
            "code": TEXT,
            "field": TEXT,
            "rule": TEXT,
            "params": Schema(type=OpenAPIType.OBJECT, additional_properties=TEXT),
        },
        required=["type", "title", "status", "detail", "code"],
        examples=[
            {
                "type": "https://palmcheck.invalid/problems/not_found",
                "title": "没有找到",
                "status": 404,
                "detail": "没有找到",
                "code": "not_found",
            }
        ],
    )


def describe_problems(document: OpenAPI) -> None:
    """Puts the problem in the place of the framework's own error, which no route of ours answers."""
    document.components.schemas[PROBLEM] = problem_schema()
    refused = OpenAPIResponse(
        description="A problem (RFC 9457)",
        content={PROBLEM_MEDIA_TYPE: OpenAPIMediaType(schema=Reference(ref=f"#/components/schemas/{PROBLEM}"))},
    )
    for path in (document.paths or {}).values():
        for operation in (path.get, path.put, path.post, path.delete, path.head, path.patch):
            if operation is not None and operation.responses is not None:
                operation.responses.pop("400", None)
                operation.responses["default"] = refused
