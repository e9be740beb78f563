"""A phone: a device key of its own, operations that are signed and chained."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from palmcheck.kernel.canonical import ZERO_SHA256, canonical_bytes, digest
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.signatures import to_base64url
from tests.world.pictures import jpeg, size_of

Json = dict[str, Any]
STROKES = [[100, 200, 300, 100, 500, 250], [120, 80, 640, 90]]


def instant(at: datetime | None = None) -> str:
    """RFC 3339 in UTC with milliseconds, as the phone writes it."""
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


@dataclass
class Phone:
    """An inspector's phone behind one client."""

    client: httpx.AsyncClient
    device_id: UUID = field(default_factory=new_id)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    account_id: str = ""
    inspector_id: str = ""
    sequence: int = 0
    previous_sha256: str = ZERO_SHA256
    nonce: str = ""

    def public_key(self) -> Json:
        """The key as JWK."""
        numbers = self.key.public_key().public_numbers()
        x, y = (to_base64url(value.to_bytes(32)) for value in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    def sign(self, value: Json) -> str:
        """ES256 over canonical bytes: raw r||s, unpadded base64url."""
        r, s = decode_dss_signature(self.key.sign(canonical_bytes(value), ec.ECDSA(SHA256())))
        return to_base64url(r.to_bytes(32) + s.to_bytes(32))

    def enrolment(self, code: str) -> Json:
        """The body of an enrolment."""
        signed = {"purpose": "palmcheck/device-enrolment/v1", "device_id": str(self.device_id), "code": code}
        return {
            "code": code,
            "device_id": str(self.device_id),
            "name": "测试手机",
            "public_key": self.public_key(),
            "alg": "ES256",
            "proof": self.sign(signed),
        }

    async def enrol(self, code: str, username: str, password: str) -> None:
        """Enrols, signs in and pulls once."""
        answer = await self.client.post("/api/accounts/devices", json=self.enrolment(code))
        assert answer.status_code == 201, answer.text
        me = await self.client.post(
            "/api/accounts/sessions",
            json={"username": username, "password": password, "device_id": str(self.device_id)},
        )
        assert me.status_code == 201, me.text
        self.account_id, self.inspector_id = me.json()["account_id"], me.json()["inspector_id"]
        await self.pull()

    async def pull(self, cursor: str | None = None) -> Json:
        """The changes since a cursor; keeps the nonce."""
        answer = await self.client.get("/api/field/changes", params={"cursor": cursor} if cursor else {})
        assert answer.status_code == 200, answer.text
        self.nonce = answer.json()["nonce"]["value"]
        body: Json = answer.json()
        return body

    async def my_parts(self) -> list[Json]:
        """Parts that this phone owns, each with its inspection and checklist under `inspection`, `checklist`."""
        changes = (await self.pull())["changes"]
        checklists = {c["checklist"]["id"]: c["checklist"] for c in changes if c["kind"] == "checklist"}
        return [
            part | {"inspection": change["inspection"], "checklist": checklists[part["checklist_id"]]}
            for change in changes
            if change["kind"] == "inspection"
            for part in change["inspection"]["parts"]
            if part["mine"]
        ]

    def operation(self, kind: str, body: Json, **more: Any) -> Json:
        """Mints the next operation of this phone, signed."""
        self.sequence += 1
        operation = {
            "schema": "palmcheck/operation/v1",
            "id": str(new_id()),
            "kind": kind,
            "device_id": str(self.device_id),
            "account_id": self.account_id,
            "sequence": self.sequence,
            "previous_sha256": self.previous_sha256,
            "nonce": self.nonce,
            "captured_at": instant(),
            "clock_offset_ms": 0,
            "depends_on": [],
            "supersedes": None,
            "alg": "ES256",
            "body": body,
        } | more
        self.previous_sha256 = digest(operation)
        return {"operation": operation, "signature": self.sign(operation)}

    async def push(self, *operations: Json) -> list[Json]:
        """The verdicts."""
        answer = await self.client.post("/api/field/operations", json={"operations": list(operations)})
        assert answer.status_code == 200, answer.text
        verdicts: list[Json] = answer.json()["verdicts"]
        return verdicts

    def check_in(self, part: Json) -> Json:
        """An operation: arrival on site."""
        position = {"latitude": 30.65, "longitude": 103.9, "accuracy_m": 12.5}
        return self.operation(
            "part.check_in",
            {
                "part_id": part["id"],
                "entered_at": instant(datetime.now(UTC) - timedelta(minutes=30)),
                "position": position,
                "no_position_because": None,
                "distance_note": None,
            },
        )

    def result(self, part: Json, **changed: Any) -> Json:
        """The body of a submission: a part with all in order unless `changed` says otherwise."""
        now = datetime.now(UTC)
        return {
            "part_id": part["id"],
            "checklist_id": part["checklist_id"],
            "answers": all_in_order(part["checklist"]["content"], part["inspection"]["target"]["kind"]),
            "photos": [photo_ref(CHILL_PHOTO, "chill_temp")],
            "officer_signatures": [
                {"inspector_id": officer["inspector_id"], "strokes": STROKES, "signed_at": instant(now)}
                for officer in part["officers"]
            ],
            "party": {"kind": "signed", "name": "店主", "strokes": STROKES, "signed_at": instant(now)},
            "statement": None,
            "rights_read_at": instant(now - timedelta(minutes=20)),
            "entered_at": instant(now - timedelta(minutes=30)),
            "left_at": instant(now),
            "result_code": "no_problem_found",
            "certificates_shown": certificates_of(part),
        } | changed

    def submission(self, part: Json, more_photos: list[Json] | None = None, **changed: Any) -> Json:
        """An operation: the result of a part, all in order unless `changed` says otherwise."""
        body = self.result(part, **{key: value for key, value in changed.items() if key not in ENVELOPE})
        body["photos"] = [*body["photos"], *(more_photos or [])]
        return self.operation("part.submit", body, **{k: v for k, v in changed.items() if k in ENVELOPE})

    async def announce(self, part: Json, photo: Json, content: bytes) -> httpx.Response:
        """Announces a photo by tus."""
        meta = {"id": photo["id"], "part_id": part["id"], "sha256": photo["sha256"], "filetype": photo["media_type"],
                "filename": "photo.jpg"}  # fmt: skip
        encoded = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in meta.items())
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(content)), "Upload-Metadata": encoded}
        return await self.client.post("/api/evidence/uploads", headers=headers)

    async def send_piece(self, location: str, piece: bytes, offset: int) -> httpx.Response:
        """Sends bytes of an announced photo."""
        headers = {
            "Tus-Resumable": "1.0.0",
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
        }
        return await self.client.patch(location, content=piece, headers=headers)

    async def upload(self, part: Json, photo: Json, content: bytes) -> httpx.Response:
        """Sends one photo by tus, whole."""
        made = await self.announce(part, photo, content)
        assert made.status_code == 201, made.text
        return await self.send_piece(made.headers["location"], content, 0)


ENVELOPE = {"depends_on", "supersedes", "nonce", "sequence", "previous_sha256", "device_id", "account_id", "id"}
CHILL_PHOTO = jpeg("a photo of a thermometer")


def certificates_of(part: Json) -> list[Json]:
    """Every officer of the part has shown his certificate."""
    return [{key: each[key] for key in ("inspector_id", "certificate_number")} for each in part["officers"]]


def photo_ref(content: bytes, question_key: str | None, id: str | None = None) -> Json:
    """How a submission names a photo."""
    width, height = size_of(content)
    return {
        "id": id or str(new_id()),
        "question_key": question_key,
        "sha256": sha256(content).hexdigest(),
        "original_sha256": sha256(b"original" + content).hexdigest(),
        "media_type": "image/jpeg",
        "bytes": len(content),
        "width": width,
        "height": height,
        "captured_at": instant(),
    }


def all_in_order(checklist: Json, target_kind: str) -> Json:
    """Answers to every question that is shown when nothing is wrong."""
    answers: Json = {}
    for section in checklist["sections"]:
        for question in section["questions"]:
            if question["required"] and _shown(question.get("show_when"), answers, target_kind):
                answers[question["key"]] = {"value": _plain_answer(question)}
    return answers


def _plain_answer(question: Json) -> Any:
    match question["kind"]:
        case "yes_no":
            return "yes"
        case "choice":
            return question["options"][0]["value"]
        case "number":
            return 4
        case "date":
            return "2028-12-31"
    return "正常"


def _shown(condition: Json | None, answers: Json, target_kind: str) -> bool:
    if condition is None:
        return True
    if "target" in condition:
        return bool(condition["is"] == target_kind)
    if "question" in condition:
        return bool(answers.get(condition["question"], {}).get("value") == condition["is"])
    if "not" in condition:
        return not _shown(condition["not"], answers, target_kind)
    if "all" in condition:
        return all(_shown(each, answers, target_kind) for each in condition["all"])
    return any(_shown(each, answers, target_kind) for each in condition["any"])
