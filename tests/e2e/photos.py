"""A real JPEG for the camera field, made by the browser itself: no picture lies in the repository."""

import asyncio
import base64
from pathlib import Path

from playwright.async_api import Page

_PAINT = """async () => {
  const canvas = new OffscreenCanvas(2000, 1500)
  const paint = canvas.getContext('2d')
  for (let at = 0; at < 400; at++) {
    paint.fillStyle = `hsl(${at * 47 % 360} 60% ${30 + at % 50}%)`
    paint.fillRect(at * 331 % 2000, at * 173 % 1500, 220, 160)
  }
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}"""


async def take_photo(page: Page, path: Path) -> Path:
    """Writes a photo of 2000 x 1500 to `path`."""
    await asyncio.to_thread(path.write_bytes, base64.b64decode(await page.evaluate(_PAINT)))
    return path
