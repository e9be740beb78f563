"""A certificate authority of this data folder alone, and the certificate that it gives the server.

A phone that trusts it trusts it for private addresses only: the authority is bound by a critical name constraint,
so that a stolen key opens nothing on the internet.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PRIVATE = tuple(
    IPv4Network(each)
    for each in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8",
        "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24",  # for documentation and laboratories
    )
)  # fmt: skip
"""Networks that the internet does not reach."""
AUTHORITY_DAYS = 3650
SERVER_DAYS = 397
"""Phones refuse server certificates that are valid for longer than 398 days."""
RENEW_BEFORE = timedelta(days=30)
CLOCK_SKEW = timedelta(days=1)


@dataclass(frozen=True)
class Papers:
    """Where the authority's certificate and the server's certificate and key lie."""

    authority: Path
    certificate: Path
    key: Path


class NotPrivate(ValueError):
    """The address is none of a private network; the authority may not vouch for it."""


def papers_for(folder: Path, address: IPv4Address, now: datetime) -> Papers:
    """The papers for this address, made where they are missing, run out or name another address.

    Raises NotPrivate for an address that the internet can reach.
    """
    if not any(address in network for network in PRIVATE):
        raise NotPrivate(str(address))
    folder.mkdir(parents=True, exist_ok=True)
    authority, authority_key = _authority(folder, now)
    papers = Papers(folder / "palmcheck-ca.crt", folder / "server.crt", folder / "server.key")
    if not _still_good(papers, authority, address, now):
        _issue(papers, authority, authority_key, address, now)
    return papers


def _authority(folder: Path, now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    certificate_file, key_file = folder / "palmcheck-ca.crt", folder / "palmcheck-ca.key"
    if certificate_file.exists() and key_file.exists():
        certificate = x509.load_pem_x509_certificate(certificate_file.read_bytes())
        key = serialization.load_pem_private_key(key_file.read_bytes(), None)
        if isinstance(key, ec.EllipticCurvePrivateKey) and certificate.not_valid_after_utc > now + RENEW_BEFORE:
            return certificate, key
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("PalmCheck 掌检 (this network only)")
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        _builder(name, name, key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.NameConstraints([*map(x509.IPAddress, PRIVATE)], None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _keep_key(key_file, key)
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return certificate, key


def _issue(
    papers: Papers,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    address: IPv4Address,
    now: datetime,
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    names: Sequence[x509.GeneralName] = [x509.IPAddress(address)]
    vouched = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    certificate = (
        _builder(_name(str(address)), authority.subject, key, now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(vouched, critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    _keep_key(papers.key, key)
    papers.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _still_good(papers: Papers, authority: x509.Certificate, address: IPv4Address, now: datetime) -> bool:
    if not (papers.certificate.exists() and papers.key.exists()):
        return False
    held = x509.load_pem_x509_certificate(papers.certificate.read_bytes())
    named = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    try:
        held.verify_directly_issued_by(authority)
    except Exception:  # whatever is wrong with it, it is not ours any more
        return False
    return address in named.get_values_for_type(x509.IPAddress) and held.not_valid_after_utc > now + RENEW_BEFORE


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    begins = now.astimezone(UTC) - CLOCK_SKEW  # a phone's clock may be behind
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _keep_key(file: Path, key: ec.EllipticCurvePrivateKey) -> None:
    """Writes the key so that only this user may read it."""
    held = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(held)
