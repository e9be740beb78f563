"""The composed app whose public answers live for two seconds instead of a minute: a test need not wait for one."""

from litestar import Litestar

import palmcheck.app
from palmcheck.public import answering


def create_app() -> Litestar:
    answering.BRIEFLY = "public, max-age=1, stale-while-revalidate=1"
    return palmcheck.app.create_app()
