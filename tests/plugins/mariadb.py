"""A MariaDB server of the tests' own, from the system's binaries."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pymysql
from pymysql.connections import Connection

from marketplace.embedded.children import Child, RunningChild
from tests.plugins.certificates import write_certificates

NOBODY = 65534
MISSING = (
    "MariaDB's server is missing. Install it: apt-get install mariadb-server (only its programs "
    "are used, no service has to run)."
)
# The queues of the kernel are few and shared by all that runs on a machine; without one InnoDB does
# not start.
WITHOUT_KERNEL_QUEUES = "--innodb-use-native-aio=0"


class InstallationFailed(Exception):
    """No data folder could be made on this machine; the text is what MariaDB's program printed."""


def server_program() -> str | None:
    """Find the server's program, None where it is not installed."""
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"))
    return shutil.which("mariadbd", path=path)


class TemporaryMariaDB:
    """A server on the loopback address and a Unix socket, whose data is thrown away."""

    def __init__(self, *, port: int) -> None:
        self._port = port
        self._user = NOBODY if os.getuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="centre-my-", dir="/tmp"))
        self._running: RunningChild | None = None
        self.authority = ""

    def start(self) -> None:
        """Make a data folder and start the server on it.

        Raises:
            InstallationFailed: the data folder could not be made.
        """
        program, install = server_program(), shutil.which("mariadb-install-db")
        assert program is not None, MISSING
        assert install is not None, MISSING
        data = self._folder / "data"
        self.authority = write_certificates(self._folder)
        shutil.copyfile(self._folder / "server.crt", self._folder / "shown.crt")
        if self._user is not None:
            for path in (self._folder, *self._folder.iterdir()):
                os.chown(path, self._user, self._user)
        installed = subprocess.run(
            [
                *(install, "--no-defaults", f"--datadir={data}", "--skip-test-db"),
                *("--auth-root-authentication-method=normal", "--innodb-log-file-size=8M"),
                *("--innodb-buffer-pool-size=32M", WITHOUT_KERNEL_QUEUES),
                # Whatever names the machine can resolve, and whoever may write to its own folder.
                *("--force", "--skip-name-resolve", f"--tmpdir={self._folder}"),
            ],
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self._folder,
            user=self._user,
            group=self._user,
            extra_groups=[] if self._user is not None else None,
        )
        if installed.returncode:
            raise InstallationFailed(installed.stdout)
        child = Child(
            name="mariadb",
            command=(
                *(program, "--no-defaults", f"--datadir={data}", "--bind-address=127.0.0.1"),
                *(f"--ssl-cert={self._folder / 'shown.crt'}",),
                *(f"--ssl-key={self._folder / 'server.key'}",),
                *(f"--port={self._port}", f"--socket={self._folder / 'socket'}"),
                *(f"--pid-file={self._folder / 'pid'}", "--innodb-flush-log-at-trx-commit=0"),
                *("--innodb-buffer-pool-size=32M", "--innodb-log-file-size=8M"),
                *(f"--tmpdir={self._folder}", WITHOUT_KERNEL_QUEUES, "--skip-name-resolve"),
                *("--skip-log-bin", "--character-set-server=utf8mb4"),
            ),
            folder=self._folder,
            # Its TLS does not even bear that the library which moves the clock is loaded.
            environment={"LD_PRELOAD": ""},
            is_ready=self._answers,
            log=self._folder / "log",
            user=self._user,
            patience=5.0,
        )
        self._running = RunningChild(child)
        self._running.wait_until_ready(60)

    def connect(self) -> Connection:
        """Sign in as the one who may do everything, over the socket."""
        return pymysql.connect(
            unix_socket=str(self._folder / "socket"),
            user="root",
            charset="utf8mb4",
            autocommit=True,
            ssl_disabled=True,
        )

    def show_certificate(self, name: str) -> None:
        """Show clients another of the certificates from now on."""
        shown = (self._folder / name).read_bytes()
        (self._folder / "shown.crt").write_bytes(shown)
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute("FLUSH SSL")

    def stop(self) -> None:
        """Stop the server and throw its data away."""
        if self._running is not None:
            self._running.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _answers(self) -> bool:
        # Not by its driver, which leaves a socket open where nobody answers.
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self._folder / "socket")) == 0
