"""Every setting of the process, typed, from the environment; the defaults run the embedded system."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from palmcheck.kernel.folder_store import FolderStore
from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.proxies import Networks, networks_of
from palmcheck.kernel.s3_store import S3Place, S3Store

JOBS, ELSEWHERE = "PALMCHECK_JOBS", "elsewhere"


@dataclass(frozen=True)
class Settings:
    """Settings of one process.

    data_folder: photos, the embedded database, `demo-accounts.json`. database_url: the role the app works as;
    None starts the embedded PostgreSQL. migration_url: the role that owns the tables, by default the same.
    demo: `large` (a city, two counties, half a year) or `small` (one county, twelve targets).
    demo_targets: of both counties together. public_host: what people open where the server listens on every address.
    trusted_proxies: those whose X-Forwarded-For and X-Forwarded-Proto are believed. s3: the bucket for evidence;
    None keeps it in the data folder. jobs_elsewhere: jobs are run by `palmcheck worker`, not by the server.
    """

    host: str
    port: int
    data_folder: Path
    database_url: str | None
    migration_url: str | None
    workers: int
    pwa_folder: Path
    tls_certificate: Path | None
    tls_key: Path | None
    demo: str
    demo_targets: int
    trusted_proxies: Networks = ()
    public_host: str | None = None
    s3: S3Place | None = None
    jobs_elsewhere: bool = False

    @property
    def home(self) -> str:
        """The address that people open, without a slash at its end."""
        scheme = "https" if self.tls_certificate else "http"
        return f"{scheme}://{self.public_host or self.host}:{self.port}"

    @property
    def photo_folder(self) -> Path:
        """Where the folder store keeps evidence."""
        return self.data_folder / "evidence"

    def open_store(self) -> ObjectStore:
        """The store of evidence: the bucket if one is set, else a folder."""
        return FolderStore(self.photo_folder) if self.s3 is None else S3Store(self.s3)


def from_environment() -> Settings:
    """Reads PALMCHECK_*; see docs/operation.md for each."""
    read = os.environ.get
    root = Path(__file__).resolve().parents[2]
    return Settings(
        host=read("PALMCHECK_HOST", "127.0.0.1"),
        port=int(read("PALMCHECK_PORT", "8000")),
        data_folder=Path(read("PALMCHECK_DATA", str(root / "data"))).resolve(),
        database_url=read("PALMCHECK_DATABASE_URL"),
        migration_url=read("PALMCHECK_MIGRATION_URL") or read("PALMCHECK_DATABASE_URL"),
        workers=int(read("PALMCHECK_WORKERS", "1")),
        pwa_folder=Path(read("PALMCHECK_PWA", str(root / "pwa" / "dist"))).resolve(),
        tls_certificate=_path(read("PALMCHECK_TLS_CERT")),
        tls_key=_path(read("PALMCHECK_TLS_KEY")),
        demo=read("PALMCHECK_DEMO", "large"),
        demo_targets=int(read("PALMCHECK_DEMO_TARGETS", "60000")),
        trusted_proxies=networks_of(read("PALMCHECK_TRUSTED_PROXIES", "")),
        s3=_s3(os.environ),
        jobs_elsewhere=read(JOBS) == ELSEWHERE,
    )


def _path(value: str | None) -> Path | None:
    return Path(value) if value else None


def _s3(environment: Mapping[str, str]) -> S3Place | None:
    """The bucket, once an endpoint is named. Without keys the requests are not signed."""
    endpoint = environment.get("PALMCHECK_S3_ENDPOINT")
    if not endpoint:
        return None
    return S3Place(
        endpoint=endpoint if "//" in endpoint else f"https://{endpoint}",
        bucket=environment.get("PALMCHECK_S3_BUCKET", "palmcheck"),
        access_key=environment.get("PALMCHECK_S3_ACCESS_KEY"),
        secret_key=environment.get("PALMCHECK_S3_SECRET_KEY"),
        region=environment.get("PALMCHECK_S3_REGION", "us-east-1"),
    )
