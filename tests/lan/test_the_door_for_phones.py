"""`--lan`: a phone that trusts the authority opens the app; one that does not is told what to do."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from threading import Thread

import httpx
import pytest
from cryptography import x509

from palmcheck.lan.authority import NotPrivate, papers_for
from palmcheck.lan.doorway import Door, messages, open_door

NOW = datetime.now(UTC)
HERE = IPv4Address("127.0.0.1")
ANDROID = "Mozilla/5.0 (Linux; Android 13; V2183A) Chrome/120.0 Mobile"
DESK = "Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0"


def serial(file: Path) -> int:
    return x509.load_pem_x509_certificate(file.read_bytes()).serial_number


def test_a_client_that_trusts_the_authority_trusts_the_server_and_no_other(tmp_path: Path) -> None:
    class Hello(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None: ...

    papers = papers_for(tmp_path, HERE, NOW)
    served = HTTPServer(("127.0.0.1", 0), Hello)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(papers.certificate, papers.key)
    served.socket = context.wrap_socket(served.socket, server_side=True)
    Thread(target=served.serve_forever, daemon=True).start()
    address = f"https://127.0.0.1:{served.server_port}/"

    trusting = ssl.create_default_context(cafile=str(papers.authority))
    assert httpx.get(address, verify=trusting).status_code == 204
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)
    served.shutdown()


def test_papers_are_kept_until_they_run_out_or_the_address_changes(tmp_path: Path) -> None:
    first = papers_for(tmp_path, HERE, NOW)
    authority, server = serial(first.authority), serial(first.certificate)

    papers_for(tmp_path, HERE, NOW + timedelta(days=300))
    assert serial(first.certificate) == server
    papers_for(tmp_path, HERE, NOW + timedelta(days=390))
    assert serial(first.certificate) != server
    papers_for(tmp_path, IPv4Address("192.168.3.7"), NOW)
    held = x509.load_pem_x509_certificate(first.certificate.read_bytes())
    named = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert named.get_values_for_type(x509.IPAddress) == [IPv4Address("192.168.3.7")]
    assert serial(first.authority) == authority
    assert {file.stat().st_mode & 0o077 for file in tmp_path.glob("*.key")} == {0}


def test_the_authority_vouches_for_private_addresses_alone(tmp_path: Path) -> None:
    with pytest.raises(NotPrivate):
        papers_for(tmp_path, IPv4Address("8.8.4.4"), NOW)

    papers = papers_for(tmp_path, HERE, NOW)
    authority = x509.load_pem_x509_certificate(papers.authority.read_bytes())
    bound = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert bound.critical
    assert not any(network.value.is_global for network in bound.value.permitted_subtrees or [])


@pytest.fixture
def door() -> Iterator[str]:
    server = open_door(
        Door("https://10.1.2.3:8000", "http://10.1.2.3:8001/", b"CERTIFICATE", ":root{}"), "127.0.0.1", 0
    )
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def test_a_phone_reads_the_steps_of_its_own_kind_and_gets_the_certificate(door: str) -> None:
    read = httpx.get(door, headers={"User-Agent": ANDROID}).text

    assert 'href="https://10.1.2.3:8000/app/"' in read
    assert messages("zh-CN")["android.steps"][1] in read.partition("<details open>")[2].partition("</details>")[0]
    assert "<svg" not in read
    got = httpx.get(f"{door}/palmcheck-ca.crt")
    assert (got.content, got.headers["content-type"]) == (b"CERTIFICATE", "application/x-x509-ca-cert")
    assert httpx.get(f"{door}/../server.key").status_code == 404


def test_a_desk_is_shown_the_code_to_scan_in_its_language(door: str) -> None:
    read = httpx.get(door, headers={"User-Agent": DESK, "Accept-Language": "en-GB,en;q=0.9"}).text

    assert "<svg" in read
    assert messages("en")["title"] in read


def test_both_languages_say_the_same_things() -> None:
    chinese, english = messages("zh-CN"), messages("en")

    assert list(chinese) == list(english)
    assert all(len(chinese[key]) == len(english[key]) for key in chinese if key.endswith(".steps"))
