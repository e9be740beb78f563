"""The composition root: settings -> engine, stores, slices -> Litestar app. The only file that knows everything."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

from litestar import Litestar, MediaType, Request, Response, get
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware

import palmcheck.accounts.administration_api
import palmcheck.accounts.api
import palmcheck.accounts.own_api
import palmcheck.catalogue.api
import palmcheck.catalogue.checklist_api
import palmcheck.draws.api
import palmcheck.evidence.api
import palmcheck.evidence.checks
import palmcheck.evidence.photo_api
import palmcheck.evidence.reactions
import palmcheck.field.api
import palmcheck.field.checks
import palmcheck.field.reactions
import palmcheck.followup.api
import palmcheck.followup.reactions
import palmcheck.inspections.api
import palmcheck.inspections.checks
import palmcheck.inspections.reactions
import palmcheck.jurisdictions.api
import palmcheck.kernel.doctor
import palmcheck.metrics.api
import palmcheck.metrics.checks
import palmcheck.metrics.public_api
import palmcheck.metrics.public_page
import palmcheck.metrics.tallies
import palmcheck.notifications.api
import palmcheck.notifications.live_api
import palmcheck.notifications.reactions
import palmcheck.planning.api
import palmcheck.public.api
import palmcheck.public.entity_pages
import palmcheck.public.feed
import palmcheck.public.item_api
import palmcheck.public.item_pages
import palmcheck.public.pages
import palmcheck.public.party_pages
import palmcheck.public.plan_pages
import palmcheck.public.remembering
import palmcheck.public.show_pages
import palmcheck.publication.api
import palmcheck.publication.checks
import palmcheck.publication.reactions
import palmcheck.publication.seconding_api
import palmcheck.registry.importing.api
import palmcheck.registry.importing.service
import palmcheck.registry.people.api
import palmcheck.registry.people.directory
import palmcheck.registry.people.experts_api
import palmcheck.registry.people.import_api
import palmcheck.registry.people.importing
import palmcheck.registry.target_api
from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import anybody
from palmcheck.accounts.sessions import SessionMiddleware
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.doctor import Check
from palmcheck.kernel.events import Reaction
from palmcheck.kernel.proxies import TrustedProxies
from palmcheck.kernel.sealing import SealingKey
from palmcheck.kernel.server_secret import server_secret
from palmcheck.kernel.static_files import ASK_AGAIN, FOREVER, file_response
from palmcheck.kernel.timers import Timer
from palmcheck.kernel.unit_of_work import Database
from palmcheck.kernel.web import handle_any, open_tx
from palmcheck.kernel.worker import Worker
from palmcheck.notifications.ending import told_to_end
from palmcheck.notifications.trail_heads import TrailHeads
from palmcheck.openapi import OPENAPI
from palmcheck.public.remembered import Memory
from palmcheck.public.remembering import Remembering
from palmcheck.settings import Settings, from_environment

REACTIONS: list[Reaction] = [
    *palmcheck.inspections.reactions.REACTIONS,
    *palmcheck.followup.reactions.REACTIONS,
    *palmcheck.field.reactions.REACTIONS,
    *palmcheck.publication.reactions.REACTIONS,
    *palmcheck.registry.importing.service.REACTIONS,
    *palmcheck.registry.people.importing.REACTIONS,
    *palmcheck.evidence.reactions.REACTIONS,
    *palmcheck.notifications.reactions.REACTIONS,
]
CHECKS: list[Check] = [
    *palmcheck.kernel.doctor.CHECKS,
    *palmcheck.inspections.checks.CHECKS,
    *palmcheck.evidence.checks.CHECKS,
    *palmcheck.field.checks.CHECKS,
    *palmcheck.publication.checks.CHECKS,
    *palmcheck.metrics.checks.CHECKS,
]
TIMERS: list[Timer] = [
    *palmcheck.evidence.reactions.TIMERS,
    *palmcheck.publication.reactions.TIMERS,
    *palmcheck.notifications.reactions.TIMERS,
]
CONTROLLERS = [
    palmcheck.accounts.api.Accounts,
    palmcheck.accounts.own_api.OwnAccount,
    palmcheck.accounts.administration_api.AccountAdministration,
    palmcheck.accounts.administration_api.AccountImports,
    palmcheck.accounts.administration_api.Devices,
    palmcheck.accounts.administration_api.MachineClients,
    palmcheck.registry.people.api.Inspectors,
    palmcheck.registry.people.api.OneInspector,
    palmcheck.registry.people.api.Reviews,
    palmcheck.registry.people.experts_api.Experts,
    palmcheck.registry.target_api.Targets,
    palmcheck.registry.target_api.OneTarget,
    palmcheck.jurisdictions.api.Settings,
    palmcheck.jurisdictions.api.WorkingDays,
    palmcheck.jurisdictions.api.Departments,
    palmcheck.registry.importing.api.TargetImports,
    palmcheck.registry.people.import_api.InspectorImports,
    palmcheck.catalogue.api.CheckItems,
    palmcheck.catalogue.api.Claims,
    palmcheck.catalogue.api.ImplementationItems,
    palmcheck.catalogue.checklist_api.Checklists,
    palmcheck.planning.api.PlanTasks,
    palmcheck.draws.api.Draws,
    palmcheck.inspections.api.Inspections,
    palmcheck.evidence.api.Uploads,
    palmcheck.evidence.photo_api.Photos,
    palmcheck.followup.api.FollowUps,
    palmcheck.field.api.Field,
    palmcheck.publication.api.Publications,
    palmcheck.publication.seconding_api.Corrections,
    palmcheck.publication.seconding_api.Photos,
    palmcheck.public.api.PublicRecords,
    palmcheck.public.item_api.PublicItems,
    palmcheck.public.item_api.PublicChecklists,
    palmcheck.public.item_pages.PublicItemPages,
    palmcheck.public.party_pages.PartyPages,
    palmcheck.public.entity_pages.EntityPages,
    palmcheck.public.plan_pages.PlanPages,
    palmcheck.public.feed.PublicFeed,
    palmcheck.public.pages.PublicPages,
    palmcheck.public.show_pages.ShowPages,
    palmcheck.metrics.api.Metrics,
    palmcheck.metrics.public_api.PublicFigurePages,
    palmcheck.notifications.api.Inbox,
    palmcheck.notifications.api.Messages,
    palmcheck.notifications.live_api.Live,
    palmcheck.metrics.public_page.PublicFigurePage,
]

COMPRESSION = CompressionConfig(
    backend="gzip",
    gzip_compress_level=5,
    minimum_size=1024,
    exclude=["^/app", "^/console", "^/assets", "^/api/evidence", "^/api/live"],
)
"""Answers of data and pages; the built app brings its own forms, and photos are small already."""


async def provide_actor(request: Request[Actor, Any, State]) -> Actor:
    """Whoever is signed in; guards have made sure that there is somebody."""
    return request.user


def _pwa_routes(settings: Settings) -> list[Any]:
    """The field app, the console and their assets."""
    root = settings.pwa_folder

    @get(["/app", "/app/{path:path}"], guards=[anybody()], include_in_schema=False, media_type=MediaType.HTML)
    async def field_app(request: Request[Any, Any, Any], path: str = "/") -> Response[bytes]:
        name = f"app{path}"
        if path.strip("/") and (root / name).is_file():
            return file_response(request, root, name, ASK_AGAIN)
        return file_response(request, root, "app/index.html", ASK_AGAIN)

    @get(["/console", "/console/{path:path}"], guards=[anybody()], include_in_schema=False, media_type=MediaType.HTML)
    async def console(request: Request[Any, Any, Any], path: str = "/") -> Response[bytes]:
        del path  # every address of the console is the same page
        return file_response(request, root, "console/index.html", ASK_AGAIN)

    @get("/assets/{path:path}", guards=[anybody()], include_in_schema=False)
    async def assets(request: Request[Any, Any, Any], path: str) -> Response[bytes]:
        return file_response(request, root, f"assets{path}", FOREVER)

    @get("/healthz", guards=[anybody()], include_in_schema=False)
    async def healthz() -> str:
        return "ok"

    return [field_app, console, assets, healthz]


def _running(memory: Memory) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """Opens what the process needs and, unless jobs are run elsewhere, a worker (one among a machine's processes)."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        settings: Settings = app.state.settings
        url = settings.database_url
        if url is None:
            raise RuntimeError("PALMCHECK_DATABASE_URL is not set; `palmcheck serve` starts a database by itself")
        engine = open_engine(url)
        app.state.memory = memory
        app.state.object_store = store = settings.open_store()
        app.state.database = database = Database(engine, REACTIONS, store)
        app.state.inspectors = palmcheck.registry.people.directory.InspectorsInService()
        app.state.nonce_key = await server_secret(engine, "field.nonce")
        app.state.show_key = await server_secret(engine, "field.show")
        app.state.sealing_key = SealingKey(await server_secret(engine, "field.sealing"))
        app.state.challenge_key = await server_secret(engine, "accounts.challenge")
        worker = None if settings.jobs_elsewhere else Worker(database, url, TIMERS)
        working = asyncio.create_task(worker.run(elected=True)) if worker else None
        listening = asyncio.create_task(palmcheck.public.remembering.listen(memory, url))
        app.state.trail_heads = heads = TrailHeads(engine)
        watching = asyncio.create_task(heads.run())
        try:
            with told_to_end(heads.end):
                yield
        finally:
            heads.end()
            watching.cancel()
            listening.cancel()
            if worker and working:
                worker.stop()
                with suppress(TimeoutError):
                    await asyncio.wait_for(working, 5)
            await engine.dispose()

    return lifespan


def create_app(settings: Settings | None = None) -> Litestar:
    """The app over a database whose migrations have run; it starts by the settings in its state (RuntimeError without
    a database)."""
    settings = settings or from_environment()
    memory = Memory()
    return Litestar(
        route_handlers=[*CONTROLLERS, *_pwa_routes(settings)],
        dependencies={"tx": Provide(open_tx), "actor": Provide(provide_actor)},
        exception_handlers={Exception: handle_any},
        middleware=[
            DefineMiddleware(Remembering, memory=memory),
            DefineMiddleware(TrustedProxies, trusted=settings.trusted_proxies),
            DefineMiddleware(SessionMiddleware),
        ],
        lifespan=[_running(memory)],
        state=State({"settings": settings}),
        compression_config=COMPRESSION,
        openapi_config=OPENAPI,
    )
