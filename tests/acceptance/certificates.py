"""Certificates for tests, made on the spot: an office that vouches, and officers with a file of their own."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "geheim é"


@cache
def _key(name: str) -> rsa.RSAPrivateKey:
    """One key per name: making them is what takes long."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(name: str, issuer: str, days: tuple[int, int] = (-1, 30)) -> x509.Certificate:
    """Of `name`, by `issuer` (the same name: by itself), valid from so many days from now to so many."""

    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    now = datetime.datetime.now(datetime.UTC)
    is_office = name == issuer
    begins, ends = (now + datetime.timedelta(days=count) for count in days)
    usage = x509.KeyUsage(
        not is_office, not is_office, False, False, False, is_office, is_office, False, False
    )
    made = x509.CertificateBuilder().subject_name(named(name)).issuer_name(named(issuer))
    made = made.public_key(_key(name).public_key()).serial_number(x509.random_serial_number())
    made = made.not_valid_before(begins).not_valid_after(ends)
    made = made.add_extension(x509.BasicConstraints(is_office, None), True).add_extension(usage, True)
    return made.sign(_key(issuer), hashes.SHA256())


def officer(folder: Path, name: str, office: str, days: tuple[int, int] = (-1, 30)) -> Path:
    """A file with the key and certificate of somebody, as an office hands it out."""
    content = pkcs12.serialize_key_and_certificates(
        name.encode(),
        _key(name),
        certificate(name, office, days),
        None,
        serialization.BestAvailableEncryption(PASSWORD.encode()),
    )
    path = folder / f"{name}.p12"
    path.write_bytes(content)
    return path


def office_root(folder: Path, office: str) -> Path:
    path = folder / f"{office}.pem"
    path.write_bytes(certificate(office, office).public_bytes(serialization.Encoding.PEM))
    return path
