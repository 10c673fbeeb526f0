"""The documented nginx as a process of its own, before whatever listens on a socket."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.given.docs import DOCS

DOCUMENTED = DOCS / "how-to" / "production" / "nginx.conf"
PROGRAM = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MAIN = """
{user}
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def rendered(folder: Path, *, port: int, upstream: str) -> str:
    """Return the documented file with the ports and paths of a test, without its port 80."""
    text = DOCUMENTED.read_text(encoding="utf-8")
    first, second = (found.start() for found in re.finditer(r"^server \{", text, re.M))
    text = text[:first] + text[second:]
    for pattern, value in (
        (r"unix:/run/centre/web\.sock", upstream),
        (r"listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        (r"\n *listen \[::\]:443 ssl;", ""),
        (r"/etc/centre/tls/", f"{folder}/"),
        (r"/var/log/nginx/", f"{folder}/"),
        (r"/var/cache/centre", f"{folder}/pages"),
    ):
        text, many = re.subn(pattern, value.replace("\\", r"\\"), text)
        assert many, pattern
    return text


@contextmanager
def nginx(folder: Path, *, port: int, upstream: str) -> Iterator[None]:
    """Run it in a folder of its own until the end of the block."""
    assert PROGRAM
    site = rendered(folder, port=port, upstream=upstream)
    (folder / "site.conf").write_text(site, encoding="utf-8")
    _sign_itself(folder)
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(MAIN.format(folder=folder, user=user), encoding="utf-8")
    process = subprocess.Popen([PROGRAM, "-c", str(configuration), "-p", str(folder)])
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    until = time.monotonic() + 30
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port)):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _sign_itself(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name.from_rfc4514_string("CN=centre.example.org")
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(pem))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(pem, form, plain))
