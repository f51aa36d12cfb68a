"""A key goes only over verified TLS (I9): real certificates, real handshakes."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.clients.cliniko import ClinikoClient
from app.errors import ServiceUnavailable

x509 = pytest.importorskip("cryptography.x509", reason="needed to make a certificate")
HELLO = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"id": "1"}'


def certificate_for(folder: Path, name: x509.GeneralName) -> Path:
    """A self-signed certificate with its key in one file."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "clinic test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return file


@contextmanager
def tls_server(certificate: Path) -> Iterator[tuple[int, list[bytes]]]:
    """Answers every call with one record; gives its port and what it was told inside the tunnel."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    told: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        ending = threading.Event()

        def serve() -> None:
            while not ending.is_set():
                try:
                    plain, _ = listener.accept()
                except OSError:
                    continue
                plain.settimeout(2)
                try:
                    with context.wrap_socket(plain, server_side=True) as tunnel:
                        told.append(tunnel.recv(10_000))
                        tunnel.sendall(HELLO)
                except OSError:
                    plain.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1], told
        finally:
            ending.set()
            thread.join(3)


def test_a_stranger_gets_no_key(cliniko: Callable[..., ClinikoClient], tmp_path: Path) -> None:
    """I9: a certificate nobody vouches for ends the call at once, in words, before the key is sent."""
    certificate = certificate_for(tmp_path, x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    with tls_server(certificate) as (port, told):
        client = cliniko(f"https://127.0.0.1:{port}")
        with pytest.raises(ServiceUnavailable) as failure:
            client.whose_key()
        assert client.calls == 1
    assert told == []
    assert "could not be verified" in failure.value.sentence


def test_a_trusted_certificate_must_bear_the_name(
    cliniko: Callable[..., ClinikoClient], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I9: trusted authorities may be named by the system's owner; the name is checked all the same."""
    right = certificate_for(tmp_path, x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(right))
    with tls_server(right) as (port, told):
        assert cliniko(f"https://127.0.0.1:{port}").whose_key() == {"id": "1"}
    assert b"Authorization: Basic" in told[0]
    wrong = certificate_for(tmp_path, x509.DNSName("elsewhere.example.test"))
    with tls_server(wrong) as (port, told):
        with pytest.raises(ServiceUnavailable):
            cliniko(f"https://127.0.0.1:{port}").whose_key()
        assert told == []
