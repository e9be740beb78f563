"""What the OpenAPI document shows as an example of a public answer; nobody of that name exists."""

from typing import Any

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
