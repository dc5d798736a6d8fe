"""Certificates for a server on loopback: of a clinic's own CA, and of a forger."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PEM = serialization.Encoding.PEM


def write_inspected(folder: Path) -> tuple[Path, Path]:
    """The file of a CA, and one with a certificate that it signed and its key."""
    ours, theirs = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    ca, pair = folder / "ca.crt", folder / "leaf.pem"
    ca.write_bytes(signed("Clinic inspection", ours, "Clinic inspection", ours).public_bytes(PEM))
    leaf = signed("localhost", theirs, "Clinic inspection", ours)
    pair.write_bytes(leaf.public_bytes(PEM) + written(theirs))
    return ca, pair


def write_forged(folder: Path) -> Path:
    """A file with a certificate that nobody trusts and its key."""
    key, pair = ec.generate_private_key(ec.SECP256R1()), folder / "forged.pem"
    pair.write_bytes(signed("localhost", key, "A forger", key).public_bytes(PEM) + written(key))
    return pair


def written(key: ec.EllipticCurvePrivateKey) -> bytes:
    """As a server reads it."""
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def signed(
    subject: str, key: ec.EllipticCurvePrivateKey, issuer: str, by: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    """A certificate of an hour; of a CA where it signs itself."""
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    return (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=subject == issuer, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(by, hashes.SHA256())
    )
