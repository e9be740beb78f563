"""What the matrix cannot see from the route table: the kinds of rows, and the few routes that go another way."""

ROWS = {
    "/api/accounts/users/": "account",
    "/api/accounts/enrolled-devices/": "device",
    "/api/accounts/me/sessions/": "session",
    "/api/accounts/tokens/": "token",
    "/api/catalogue/checklist-drafts/": "draft",
    "/api/catalogue/checklists/": "checklist",
    "/api/catalogue/implementation-items/": "implementation_item",
    "/api/catalogue/items/": "check_item",
    "/api/catalogue/missing-items/": "missing_item",
    "/api/draws/": "draw",
    "/api/evidence/inspections/": "inspection",
    "/api/evidence/uploads/": "upload",
    "/api/follow-ups/": "follow_up",
    "/api/follow-ups/of-inspection/": "inspection",
    "/api/inspections/": "inspection",
    "/api/inspections/parts/": "part",
    "/api/jurisdictions/departments/": "department",
    "/api/messages/of-inspection/": "inspection",
    "/api/publication/corrections/": "record_correction",
    "/api/publication/photos/": "public_photo",
    "/api/publication/records/": "part",
    "/api/publication/withholdings/": "withholding",
    "/api/registry/experts/": "expert",
    "/api/registry/imports/": "target_import",
    "/api/registry/inspectors/": "inspector",
    "/api/registry/inspectors/imports/": "inspector_import",
    "/api/registry/merges/": "merge",
    "/api/registry/taggings/": "tagging",
    "/api/registry/targets/": "target",
}
"""Start of a path up to its id -> the kind of row that the id names."""

LISTS = {
    "listAccounts": "account",
    "listChecklistDrafts": "draft",
    "listChecklists": "checklist",
    "listCheckItems": "check_item",
    "listCorrections": "correction",
    "listDevices": "device",
    "listExperts": "expert",
    "listImplementationItems": "implementation_item",
    "listInspections": "inspection",
    "listInspectorImports": "inspector_import",
    "listInspectors": "inspector",
    "listOwnSessions": "session",
    "listPlanTasks": "plan_task",
    "listPublications": "part",
    "listTargetImports": "target_import",
    "listTaggings": "tagging",
    "listTargets": "target",
    "listTokens": "token",
    "readTree": "department",
}
"""Operation -> the kind of row that it lists."""

MINTED = {
    "freezeDraw": "its task is named in the body",
    "proposePublicPhoto": "its part is named in the body",
    "proposeRecordCorrection": "its part is named in the body",
    "proposeWithholding": "its part is named in the body",
    "mergeTargets": "its targets are named in the body",
}
"""The id in the path is new, and the row is named in the body."""

NARROWER = {
    ("reviewInspector", "department_administrator"): "only the justice department's: tests/registry/people",
}
"""A rule beside the reach refuses even what is in reach."""

PUTS_ITS_OWN = {
    "drawUpImplementationItem",
    "saveChecklistDraft",
    "saveExpert",
    "saveInspector",
}
"""Puts a row of the caller's jurisdiction under the id; the key has the jurisdiction, so no other's can be meant."""

_MINTS = "puts a row under an id of the caller; a row's key has its jurisdiction, so no other's can be meant"
_FIGURE = "a figure's name in the path; the jurisdiction is asked for beside: tests/metrics/test_levels.py"
NOT_BY_REACH = {
    "answerMissingItem": "what came from below is answered above: tests/catalogue/test_claims_and_drafts.py",
    "claimCheckItem": "the row is the level above's, for all below to claim: tests/catalogue",
    "reportMissingItem": _MINTS,
    "listCheckItem": _MINTS,
    "openAccount": _MINTS,
    "importAccounts": _MINTS,
    "issueToken": _MINTS,
    "importInspectors": _MINTS,
    "importTargets": _MINTS,
    "readAccountImport": "only for who sent it: tests/accounts/test_import.py",
    "exportBadAccountRows": "only for who sent it: tests/accounts/test_import.py",
    "changeSetting": "a name in the path; the jurisdiction is the caller's",
    "listSettingChanges": "a name in the path; the jurisdiction is asked for beside",
    "tagMany": "changes those that are the caller's among what a search finds: tests/registry/test_tagging.py",
    "readPhoto": "a photo below an inspection, read by whoever reads it: tests/evidence/test_looking_at_photos.py",
    "readThumbnail": "as its photo",
    "readPublicPhoto": "bytes that the specimens have none of: tests/publication/test_photographing.py",
    "nameTag": "a name in the path; the jurisdiction is the caller's",
    "sendMessage": "visits and inspectors are named in the body: tests/notifications/test_messages.py",
    "readFigure": _FIGURE,
    "readFigureTrend": _FIGURE,
    "listFigureInspectors": _FIGURE,
    "listFigureRows": _FIGURE,
    "exportFigureRows": _FIGURE,
}
"""Routes with something in the path that REACH does not judge, and why."""

_OWN = "about the caller himself"
_SHEET = "the same rows as the list, by the same call"
_BODY = "the rows are in the body, and judged one by one"
_PLACE = "a whole jurisdiction's: asked by place below"
_EMPTY = "a form to fill in, or a question that writes nothing"
ABOUT_NO_ROWS = {
    "listDepartments": "names of the own jurisdiction's departments, for everybody in it",
    "readMe": _OWN,
    "listInbox": _OWN + ": tests/notifications/test_inbox.py",
    "countInbox": _OWN,
    "followChanges": "topics only, each by its permission: tests/notifications/test_live_topics.py",
    "pullInbox": _OWN,
    "markRead": _OWN + ": tests/notifications/test_inbox.py",
    "markUnread": _OWN,
    "markAllRead": _OWN,
    "changePassword": _OWN,
    "revokeOwnSessions": _OWN,
    "signOut": _OWN,
    "pullChanges": _OWN,
    "readSealingKey": "the server's public key, the same for everybody",
    "openVault": _OWN,
    "openUnsentFile": _OWN,
    "pushOperations": _BODY + ": tests/field",
    "createUpload": "the part is named in a header: tests/evidence",
    "exportDevices": _SHEET,
    "exportAccounts": _SHEET,
    "exportCheckItems": _SHEET,
    "exportExperts": _SHEET,
    "exportInspectors": _SHEET,
    "exportTargets": _SHEET,
    "exportSettings": _SHEET,
    "accountTemplate": _EMPTY,
    "targetImportTemplate": _EMPTY,
    "inspectorTemplate": _EMPTY,
    "checkChecklist": _EMPTY,
    "readChecklistFile": _EMPTY,
    "readWorkingDayFile": _EMPTY,
    "importCheckItems": _BODY,
    "listMissingItems": "own ones and those sent here: tests/catalogue",
    "listUpperItems": "the level above's, for all below to claim: tests/catalogue",
    "readInspectorStanding": "counts of the list's rows",
    "readVisitOverview": "counts of the list's rows",
    "setVisitDays": _BODY + ": tests/inspections/test_organising.py",
    "readFigures": _PLACE,
    "readOverduePublications": _PLACE,
    "listGrounds": "a table of words",
    "listSettings": _PLACE,
    "changeWorkingDays": "the jurisdiction is the caller's",
    "readWorkingDays": _PLACE,
    "listDuplicates": _PLACE,
    "listInspectorReviews": "the same rows as the list, for the justice department all: tests/registry/people",
    "decideInspectorReviews": _BODY + ": tests/registry/people/test_reviewing.py",
    "undoInspectorReviews": _BODY + ": tests/registry/people/test_reviewing.py",
    "listTags": "words, no rows of anybody's",
}
"""Routes without an id in the path and without a list of rows, and why."""

VERBS_OWN_REFUSALS = {
    "not allowed": {
        "draws.not_lead_department",
        "registry.department_not_yours",
        "inspections.part_not_yours",
        "followup.not_yours",
        "publication.not_yours",
    },
    "not found": {"draws.not_frozen_yet", "catalogue.checklist_unknown"},
}
"""Problems of a slice by which it says that a row is not the caller's to change, or is not there."""

NAMED_IN_BODIES = {"submission_id"}
"""Fields of a body: that such a row is not there is said only after the one in the path was found in reach."""
