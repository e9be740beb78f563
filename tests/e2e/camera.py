"""A phone whose camera sees what a test shows it: Chromium plays a film in its place."""

import asyncio
import io
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Locator

from tests.e2e.browser import PHONE

WIDTH, HEIGHT = 640, 480
SHARE = 0.9
"""Of the height that the code fills, as when one holds the phone close."""
WITH_CAMERA: dict[str, Any] = PHONE | {"permissions": ["geolocation", "camera"]}


def camera_flags(film: Path) -> list[str]:
    """Flags of a browser whose camera plays `film`; the file is read when the camera is opened."""
    return [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]


async def film_of(shown: Locator, film: Path) -> None:
    """Two frames of what another phone shows, on a grey table, as Y4M."""
    picture = Image.open(io.BytesIO(await shown.screenshot())).convert("L")
    side = int(HEIGHT * SHARE)
    frame = Image.new("L", (WIDTH, HEIGHT), 190)
    frame.paste(picture.resize((side, side)), ((WIDTH - side) // 2, (HEIGHT - side) // 2))
    colourless = bytes([128]) * (WIDTH * HEIGHT // 2)
    one = b"FRAME\n" + frame.tobytes() + colourless
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode()
    await asyncio.to_thread(film.write_bytes, head + one * 2)
