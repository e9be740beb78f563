"""Parts of visits and the phones of their officers, as the tests of uploads need them."""

import base64
import hashlib
import secrets
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self
from uuid import UUID

import httpx
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.models import Account, Device, Session
from palmcheck.accounts.sessions import COOKIE
from palmcheck.inspections.models import Inspection, InspectionPart, PartOfficer
from palmcheck.kernel.canonical import sha256_hex
from palmcheck.kernel.clock import now
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.trail import AuditEvent
from palmcheck.kernel.unit_of_work import Database
from tests.world.pictures import jpeg_of

UPLOADS = "/api/evidence/uploads"
TUS = {"Tus-Resumable": "1.0.0"}


def in_base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


@dataclass(frozen=True)
class Photo:
    """A photo on a phone."""

    part_id: UUID
    content: bytes
    id: UUID

    @property
    def sha256(self) -> str:
        return sha256_hex(self.content)

    @property
    def path(self) -> str:
        return f"{UPLOADS}/{self.id}"

    def announcement(self, **change: str) -> dict[str, str]:
        """The headers that announce it."""
        metadata = {
            "id": str(self.id),
            "part_id": str(self.part_id),
            "sha256": self.sha256,
            "filetype": "image/jpeg",
            "filename": f"{self.id}.jpg",
        }
        pairs = (f"{key} {in_base64(value.encode())}" for key, value in (metadata | change).items())
        return TUS | {"Upload-Length": str(len(self.content)), "Upload-Metadata": ",".join(pairs)}


def photo_of(part_id: UUID, size: int = 3000, id: UUID | None = None) -> Photo:
    return Photo(part_id, jpeg_of(size), id or new_id())


def piece_headers(offset: int, checked: bytes | None = None, algorithm: str = "sha256") -> dict[str, str]:
    """The headers of a PATCH; with a checksum of `checked`."""
    headers = TUS | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    if checked is not None:
        headers["Upload-Checksum"] = f"{algorithm} {in_base64(hashlib.new(algorithm, checked).digest())}"
    return headers


@dataclass(frozen=True)
class Phone:
    """An officer's phone, signed in."""

    actor: Actor
    http: httpx.AsyncClient
    token: str

    async def announce(self, photo: Photo, **change: str) -> httpx.Response:
        return await self.http.post(UPLOADS, headers=photo.announcement(**change))

    async def announce_with(
        self, photo: Photo, body: bytes, change: dict[str, str] | None = None, checksum: str | None = None
    ) -> httpx.Response:
        """Announces it and brings bytes along: its beginning, or all of it."""
        brought = photo.announcement(**(change or {})) | {"Content-Type": "application/offset+octet-stream"}
        brought |= {} if checksum is None else {"Upload-Checksum": checksum}
        return await self.http.post(UPLOADS, headers=brought, content=body)

    async def send(self, photo: Photo, start: int = 0, end: int | None = None) -> httpx.Response:
        body = photo.content[start:end]
        return await self.http.patch(photo.path, headers=piece_headers(start, body), content=body)

    async def offset(self, photo: Photo) -> int:
        answer = await self.http.head(photo.path, headers=TUS)
        assert answer.status_code == 200, answer.status_code
        return int(answer.headers["upload-offset"])


@dataclass(frozen=True)
class Visits:
    """Makes what the tests start from; more than one jurisdiction, which the demonstration has not."""

    database: Database
    url: str
    _clients: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._clients.aclose()

    async def phone(
        self, *, roles: tuple[str, ...] = ("inspector",), on_device: bool = True, jurisdiction_id: UUID | None = None
    ) -> Phone:
        """A signed-in inspector, of a new jurisdiction unless one is given."""
        jurisdiction_id, token = jurisdiction_id or new_id(), secrets.token_urlsafe()
        account = Account(
            jurisdiction_id=jurisdiction_id,
            id=new_id(),
            username=str(new_id()),
            display_name="李芳",
            inspector_id=new_id(),
            roles=list(roles),
            password_hash="",
            status="active",
        )
        device = Device(
            jurisdiction_id=jurisdiction_id,
            id=new_id(),
            account_id=account.id,
            name="手机",
            public_key={},
            alg="ES256",
            state="active",
            enrolled_at=now(),
            request_sha256="",
        )
        session = Session(
            jurisdiction_id=jurisdiction_id,
            id=new_id(),
            account_id=account.id,
            device_id=device.id if on_device else None,
            token_sha256=sha256_hex(token.encode()),
            began_at=now(),
            expires_at=now() + timedelta(hours=1),
        )
        async with AsyncSession(self.database.engine, expire_on_commit=False) as writing, writing.begin():
            writing.add(account)
            await writing.flush()
            writing.add_all([device, session])
        actor = Actor(
            account_id=account.id,
            jurisdiction_id=jurisdiction_id,
            department_id=None,
            inspector_id=account.inspector_id,
            device_id=session.device_id,
            session_id=session.id,
            username=account.username,
            display_name=account.display_name,
            roles=roles,
        )
        client = httpx.AsyncClient(base_url=self.url, cookies={COOKIE: token}, timeout=60)
        return Phone(actor, await self._clients.enter_async_context(client), token)

    async def part(self, *phones: Phone) -> UUID:
        """A part whose officers are these, the first leads."""
        key = {"jurisdiction_id": phones[0].actor.jurisdiction_id}
        inspection = Inspection(
            **key,
            id=new_id(),
            plan_task_id=new_id(),
            draw_id=new_id(),
            target_id=new_id(),
            method="on_site",
            issued_on=date(2026, 11, 23),
            due_on=date(2026, 11, 30),
        )
        part = InspectionPart(
            **key,
            id=new_id(),
            inspection_id=inspection.id,
            department_id=new_id(),
            check_item_ids=[],
            checklist_id=new_id(),
            state="issued",
        )
        officers = [
            PartOfficer(**key, part_id=part.id, inspector_id=phone.actor.inspector_id, seat=seat)
            for seat, phone in enumerate(phones, 1)
        ]
        async with AsyncSession(self.database.engine) as writing, writing.begin():
            for rows in ([inspection], [part], officers):
                writing.add_all(rows)
                await writing.flush()
            return part.id

    async def trail(self, phone: Phone) -> list[str]:
        """What happened in the phone's jurisdiction, in order."""
        wanted = select(AuditEvent.name).where(AuditEvent.jurisdiction_id == phone.actor.jurisdiction_id)
        async with self.database.reading() as session:
            return list(await session.scalars(wanted.order_by(AuditEvent.number)))
