"""Clients that others wrote for tus 1.0 speak with our server as with any."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest
from tusclient.client import TusClient

from palmcheck.accounts.sessions import COOKIE
from tests.evidence.visits import UPLOADS, Photo, Visits, photo_of

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("stock_client.mjs")


def metadata_of(photo: Photo) -> dict[str, str]:
    return {
        "id": str(photo.id),
        "part_id": str(photo.part_id),
        "sha256": photo.sha256,
        "filetype": "image/jpeg",
        "filename": "door.jpg",
    }


async def test_tuspy_sends_in_chunks_with_checksums(visits: Visits, tmp_path: Path) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone), 350_000)
    (tmp_path / "door.jpg").write_bytes(photo.content)

    def send() -> None:
        client = TusClient(visits.url + UPLOADS, headers={"Cookie": f"{COOKIE}={phone.token}"})
        uploader = client.uploader(
            str(tmp_path / "door.jpg"), chunk_size=100_000, metadata=metadata_of(photo), upload_checksum=True
        )
        uploader.upload()

    await asyncio.to_thread(send)
    assert (await visits.trail(phone))[-1] == "evidence.upload_completed"


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.parametrize("first", ["apart", "along"])
async def test_tus_js_client_breaks_off_and_goes_on(visits: Visits, tmp_path: Path, first: str) -> None:
    """`along`: its first chunk comes with the announcement."""
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone), 350_000)
    (tmp_path / "door.jpg").write_bytes(photo.content)
    process = await asyncio.create_subprocess_exec(
        "node", str(SCRIPT), str(ROOT / "pwa"), visits.url + UPLOADS, f"{COOKIE}={phone.token}",
        str(tmp_path / "door.jpg"), json.dumps(metadata_of(photo)), first,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode == 0, err.decode()
    assert out.decode().strip().endswith(str(photo.id))
    assert (await visits.trail(phone))[-1] == "evidence.upload_completed"
