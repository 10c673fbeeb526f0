"""`manage.py serve`: run the whole centre in one process tree."""

from __future__ import annotations

import fcntl
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from marketplace.desk.supervisor import centre
from marketplace.desk.supervisor.children import Child, NotReady
from marketplace.desk.supervisor.sockets import embedded_broker_url
from marketplace.desk.supervisor.tree import ProcessTree


class Command(BaseCommand):
    """Run Valkey, a worker, the pipeline loop and the web server until Ctrl-C."""

    help = "Run Valkey, a Celery worker, the pipeline loop and the web server until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer the port."""
        parser.add_argument("--port", type=int, default=8000, help="port of the site (8000)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, start, watch, stop."""
        port: int = options["port"]
        _require_free_port(port)
        _require_migrated_database()
        with alone(settings.VAR_DIR):
            shutil.rmtree(_log(""), ignore_errors=True)
            with ProcessTree(say=self.stdout.write) as tree:
                try:
                    tree.start(background_children())
                    tree.start([centre.web(settings.BASE_DIR, port=port, log=_log("web"))])
                except NotReady as problem:
                    raise CommandError(f"{problem} See {_log('')}.") from problem
                self.stdout.write(
                    _("The centre is open at http://127.0.0.1:%(port)d (Ctrl-C closes it).")
                    % {"port": port}
                )
                tree.run()
            self.stdout.write(_("The centre is closed."))


def background_children() -> list[Child]:
    """Answer everything but the web server; Valkey only where no other broker is set."""
    root, var = settings.BASE_DIR, settings.VAR_DIR
    children = [
        centre.worker(root, log=_log("worker")),
        centre.pipeline(root, log=_log("pipeline")),
    ]
    if settings.BROKER_URL == embedded_broker_url(var):
        children.insert(0, centre.valkey(var, log=_log("valkey")))
    return children


@contextmanager
def alone(var: Path) -> Iterator[None]:
    """Hold the data folder, so that no two trees run from it.

    Raises:
        CommandError: another process holds it.
    """
    folder = var / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "serve.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                _("The centre already runs from %(folder)s. Stop it first.") % {"folder": var}
            ) from None
        yield


def _require_free_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CommandError(
                _(
                    "Port %(port)d is in use. Stop what uses it, or choose another one: "
                    "manage.py serve --port %(other)d."
                )
                % {"port": port, "other": port + 1}
            ) from None


def _require_migrated_database() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(_("The database is not up to date. Run: manage.py migrate"))


def _log(name: str) -> Path:
    folder: Path = settings.VAR_DIR / "log"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{name}.log" if name else folder
