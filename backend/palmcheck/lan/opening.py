"""`serve --lan`: the settings, the certificate and the door that a phone in the same network needs."""

import io
import logging
import sys
from dataclasses import dataclass, replace
from datetime import datetime

import segno

from palmcheck.lan.addresses import lan_address
from palmcheck.lan.authority import NotPrivate, papers_for
from palmcheck.lan.doorway import Door, messages, open_door
from palmcheck.public.stylesheet import tokens_file
from palmcheck.settings import Settings

EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 - that is what --lan asks for

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opened:
    """The settings to serve with, and the address of the phones' door."""

    settings: Settings
    door: str

    def lines(self) -> list[str]:
        """What the terminal shows: the QR code of the door."""
        drawn = io.StringIO()
        segno.make(self.door, error="m").terminal(drawn, compact=True)
        said = " / ".join(messages(language)["terminal.scan"] for language in ("zh-CN", "en"))
        return [drawn.getvalue().rstrip("\n"), f"  {said}    {self.door}"]


def open_to_phones(settings: Settings, now: datetime) -> Opened:
    """Makes the papers, opens the door on the next port, and answers the settings with TLS in them.

    Ends the process with a sentence where the machine's address is not of a private network.
    """
    address = lan_address()
    if address.is_loopback:
        log.warning(_both("terminal.no_network"))
    try:
        papers = papers_for(settings.data_folder / "lan", address, now)
    except NotPrivate:
        sys.exit(_both("terminal.not_private"))
    served = replace(
        settings, host=EVERY_ADDRESS, public_host=str(address), tls_certificate=papers.certificate, tls_key=papers.key
    )
    itself = f"http://{address}:{settings.port + 1}/"
    tokens = tokens_file().read_text("utf-8")
    open_door(Door(served.home, itself, papers.authority.read_bytes(), tokens), EVERY_ADDRESS, settings.port + 1)
    return Opened(served, itself)


def _both(key: str) -> str:
    return " / ".join(messages(language)[key] for language in ("zh-CN", "en"))
