"""The door for phones: a plain page that hands out the authority's certificate and says what to do with it.

It speaks HTTP, because a phone that does not trust the certificate yet could not open anything else.
"""

import json
import secrets
import threading
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any, Literal

import segno
from jinja2 import Environment, StrictUndefined

Phone = Literal["android", "harmony", "ios"]


@dataclass(frozen=True)
class Door:
    """What the page leads to: the app's address, its own address, the authority's certificate, the design tokens."""

    app: str
    itself: str
    authority: bytes
    tokens: str


@cache
def messages(language: str) -> dict[str, Any]:
    """The texts of one language: sentences, and lists of steps."""
    found: dict[str, Any] = json.loads((files("palmcheck.lan") / "messages" / f"{language}.json").read_text("utf-8"))
    return found


def phone_of(user_agent: str) -> Phone | None:
    """Which phone asks; None for anything that is no phone."""
    if "HarmonyOS" in user_agent or "OpenHarmony" in user_agent or "HUAWEI" in user_agent:
        return "harmony"
    if "iPhone" in user_agent or "iPad" in user_agent:
        return "ios"
    return "android" if "Android" in user_agent else None


def language_of(accepted: str) -> str:
    """zh-CN unless the browser asks for English first."""
    return "en" if accepted.lower().startswith("en") else "zh-CN"


def page(door: Door, *, language: str, phone: Phone | None, nonce: str) -> bytes:
    """The page; a desk is shown the QR code that a phone scans."""
    template = (files("palmcheck.lan") / "doorway.html.jinja").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    code = segno.make(door.itself, error="m").svg_inline(scale=6, border=2, svgclass="code") if phone is None else ""
    return (
        environment.from_string(template)
        .render(
            language=language, t=messages(language), phone=phone, nonce=nonce, code=code, tokens=door.tokens,
            app=f"{door.app}/app/", probe=f"{door.app}/healthz",
        )
        .encode()
    )  # fmt: skip


def open_door(door: Door, host: str, port: int) -> ThreadingHTTPServer:
    """Serves the page and the certificate from a thread until the process ends. Port 0 takes a free one."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/palmcheck-ca.crt":
                self._send(door.authority, "application/x-x509-ca-cert", "default-src 'none'")
            elif self.path == "/":
                nonce = secrets.token_urlsafe(16)
                policy = (
                    f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src {door.app}"
                )
                asked = page(
                    door,
                    language=language_of(self.headers.get("Accept-Language", "")),
                    phone=phone_of(self.headers.get("User-Agent", "")),
                    nonce=nonce,
                )
                self._send(asked, "text/html; charset=utf-8", policy)
            else:
                self.send_error(404)

        def _send(self, body: bytes, media_type: str, policy: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", policy)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Stays silent: the terminal belongs to the QR code."""

    server = ThreadingHTTPServer((host, port), Answering)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="lan-doorway", daemon=True).start()
    return server
