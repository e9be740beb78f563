"""What the OpenAPI document shows as an example of a public answer; nobody of that name exists.

A member that is null would be lost on the way into the document, so none is.
"""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

NEXT = "WyIyMDI2LTExLTIzVDAxOjAwOjAwKzAwOjAwIl0="


def answered(kind: Any, description: str, value: Any) -> ResponseSpec:
    """How the document describes an answer: its shape, and one as it may come."""
    examples = [Example(summary=description, value=value)]
    return ResponseSpec(kind, generate_examples=False, description=description, examples=examples)


def page_with(row: dict[str, Any]) -> dict[str, Any]:
    """One page of a list; `next` is the `cursor` of the following one."""
    return {"items": [row], "next": NEXT}


EXAMPLE: dict[str, Any] = {
    "id": "01930000-0000-7000-8000-0000000000a1",
    "version": 1,
    "plan_task": {"number": "LJ2026-01", "name": "餐饮服务食品安全部门联合抽查"},
    "draw_kind": "directed",
    "department": "市场监督管理局",
    "jurisdiction": "临江县",
    "method": "on_site",
    "completed_on": "2026-11-23",
    "published_at": "2026-11-23T01:00:00Z",
    "target": {"name": "临江鲜老火锅店", "credit_code": "91500000MA5U0X3R7Q"},
    "result_code": "no_problem_found",
    "result_sentence": "未发现问题",
    "items": [
        {
            "code": "SC-01",
            "name": "食品经营许可检查",
            "result_code": "no_problem_found",
            "result_sentence": "未发现问题",
        }
    ],
    "channel": "palmcheck",
    "working_days_used": 3,
    "url": "/records/01930000-0000-7000-8000-0000000000a1",
    "jurisdiction_id": "01930000-0000-7000-8000-000000000001",
    "department_id": "01930000-0000-7000-8000-0000000000b1",
    "plan_task_id": "01930000-0000-7000-8000-0000000000c1",
    "enterprise_key": "91500000MA5U0X3R7Q",
    "industry_section": "H",
}

ITEM: dict[str, Any] = {
    "id": "01930000-0000-7000-8000-0000000000d1",
    "jurisdiction": "临江县",
    "code": "SC-01",
    "name": "食品经营许可检查",
    "big_class": "食品安全监督检查",
    "area": "餐饮服务",
    "department": "市场监督管理局",
    "joint_departments": ["卫生健康局"],
    "item_class": "general",
    "target_range": "餐饮服务提供者",
    "method": "on_site",
    "ratio_cap": 500,
    "basis": "《中华人民共和国食品安全法》第一百一十条",
    "standards": ["GB 31654-2021"],
    "version": 2,
    "listed_at": "2026-01-20T01:00:00Z",
}
ITEM_DETAIL: dict[str, Any] = {
    "item": ITEM,
    "content": "许可证是否有效，场所布局是否与许可一致",
    "method_note": "",
    "visits_cap": 1,
    "checklist_code": "CY",
    "checklist_id": "01930000-0000-7000-8000-0000000000e1",
    "retired_at": "2026-06-30T01:00:00Z",
    "versions": [
        {
            "version": 2,
            "since": "2026-01-20T01:00:00Z",
            "reason": "比例调整",
            "changes": [{"field": "ratio_cap", "before": "3%", "after": "5%"}],
        },
    ],
}
CHECKLIST_ROW: dict[str, Any] = {
    "id": "01930000-0000-7000-8000-0000000000e1",
    "jurisdiction": "临江县",
    "code": "CY",
    "version": 3,
    "title": {"zh-CN": "餐饮服务检查结果表", "en": "Catering inspection form"},
    "questions": 1,
    "published_at": "2026-01-20T01:00:00Z",
}
CHECKLIST: dict[str, Any] = {
    "row": CHECKLIST_ROW,
    "content": {
        "schema": "palmcheck/checklist/v1",
        "code": "CY",
        "version": 3,
        "title": CHECKLIST_ROW["title"],
        "sections": [
            {
                "key": "licence",
                "title": {"zh-CN": "许可", "en": "Licence"},
                "questions": [
                    {
                        "kind": "yes_no",
                        "key": "licence_valid",
                        "text": {"zh-CN": "许可证是否有效？", "en": "Is the licence valid?"},
                        "required": True,
                        "not_applicable": False,
                    }
                ],
            }
        ],
    },
    "versions": [CHECKLIST_ROW],
}
FIGURES: dict[str, Any] = {
    "counted_on": "2026-11-23",
    "quarter": "2026Q4",
    "jurisdiction": {"id": "01930000-0000-7000-8000-000000000001", "name": "临江县"},
    "levels_below": 0,
    "items": [
        {
            "figure": "palm_rate",
            "threshold": 9000,
            "source": "S0 二(二)3",
            "numerator": 941,
            "denominator": 1000,
            "rate": 9410,
            "reasons": [{"reason": "desk", "counts_as": "denominator", "count": 59}],
        }
    ],
}
