"""Open the centre from this project's settings: for the commands `serve` and `demo`.

`with alone(), ProcessTree(say=print) as tree:` then `start_broker(tree)`, `start_background(tree)`,
`start_site(tree, port=8000)` and `tree.run()`.
"""

import errno
import fcntl
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from marketplace.embedded import centre
from marketplace.embedded.sockets import embedded_broker_url
from marketplace.embedded.tree import ProcessTree

LAST_PORT = 65535


@contextmanager
def alone() -> Iterator[None]:
    """Hold the data folder, so that no two trees run from it, and begin its logs anew.

    Raises:
        CommandError: another process holds it.
    """
    folder = settings.VAR_DIR / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "serve.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                _("The centre already runs from %(folder)s. Stop it first.")
                % {"folder": settings.VAR_DIR}
            ) from None
        shutil.rmtree(log_folder())
        yield


def require_free_port(port: int) -> None:
    """Check that the site can listen.

    Raises:
        CommandError: something else listens on the port, or there is no such port.
    """
    if not 0 < port <= LAST_PORT:
        raise CommandError(_("Choose a port from 1 to %(last)d.") % {"last": LAST_PORT})
    # A browser may ask either address for `localhost`: who holds one of them could answer it.
    if not (_is_free(socket.AF_INET, "127.0.0.1", port) and _is_free(socket.AF_INET6, "::1", port)):
        raise CommandError(
            _(
                "Port %(port)d is in use. Stop what uses it, or choose another one, "
                "such as --port %(other)d."
            )
            % {"port": port, "other": port + 1}
        )


def _is_free(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as reason:
        # Where this machine has no such address, nobody else has it either.
        return reason.errno in {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
    return True


def require_migrated_database() -> None:
    """Check that every migration is applied.

    Raises:
        CommandError: one is not.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(_("The database is not up to date. Run: manage.py migrate"))


def start_broker(tree: ProcessTree) -> None:
    """Start Valkey where no other broker is set.

    Raises:
        NotReady: it did not come up.
    """
    if embedded_broker_url(settings.VAR_DIR) == settings.BROKER_URL:
        tree.start([centre.valkey(settings.VAR_DIR, log=log_folder() / "valkey.log")])


def start_background(tree: ProcessTree) -> None:
    """Start a worker and the pipeline loop; the broker is there.

    Raises:
        NotReady: one of them did not come up.
    """
    begin_background(tree)()


def begin_background(tree: ProcessTree) -> Callable[[], None]:
    """Start a worker and the pipeline loop; what is returned waits until both are ready.

    Waiting raises NotReady where one of them did not come up.
    """
    root, logs = settings.BASE_DIR, log_folder()
    return tree.begin(
        [
            centre.worker(root, log=logs / "worker.log"),
            centre.pipeline(root, log=logs / "pipeline.log"),
        ]
    )


def start_site(tree: ProcessTree, *, port: int) -> None:
    """Start the web server; it answers when this returns.

    Raises:
        NotReady: it did not come up.
    """
    tree.start([centre.web(settings.BASE_DIR, port=port, log=log_folder() / "web.log")])


def log_folder() -> Path:
    folder: Path = settings.VAR_DIR / "log"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
