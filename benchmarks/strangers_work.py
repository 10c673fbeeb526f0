"""What the benchmark of strangers does inside Django, once it is set up."""

import re
import shlex
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template

from marketplace.embedded import centre
from marketplace.embedded.children import Child, RunningChild
from marketplace.embedded.sockets import socket_path
from tests.campaigns.serving import ROOT, free_port
from tests.given import proxy
from tests.given.docs import DOCS
from tests.given.trading import published
from tests.given.world import World, build_world

UNIT = DOCS / "how-to" / "production" / "centre-web.service"


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve something on offer as the production guide does; yield nginx's port."""
    build_world()
    published(World())
    place, outer, running = folder / "nginx", free_port(), []
    place.mkdir()
    try:
        for child in (centre.valkey(folder, log=folder / "valkey.log", keep=False), web(folder)):
            running.append(RunningChild(child))
            running[-1].wait_until_ready(120)
        with proxy.nginx(place, port=outer, upstream=f"unix:{socket_of(folder)}"):
            yield outer
    finally:
        for started in reversed(running):
            started.stop()


def socket_of(folder: Path) -> Path:
    """Return where the web server listens: on a socket, by which it learns who asks."""
    return socket_path(folder, "web.sock")


def web(folder: Path) -> Child:
    """Describe the web server of the documented unit; only its paths are changed."""
    text = UNIT.read_text(encoding="utf-8").replace("\\\n", " ")
    [line] = re.findall(r"^ExecStart=\S+/gunicorn (.+)$", text, re.M)
    line = Template(line).substitute(dict(re.findall(r"^Environment=(\w+)=(.+)$", text, re.M)))
    address = socket_of(folder)
    options = [word.replace("/run/centre/web.sock", str(address)) for word in shlex.split(line)]

    def answers() -> bool:
        with socket.socket(socket.AF_UNIX) as asking:
            try:
                asking.connect(str(address))
                asking.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return asking.recv(1) != b""
            except OSError:
                return False

    command = (sys.executable, "-m", "gunicorn", *options)
    return Child("web", command, ROOT, is_ready=answers, log=folder / "web.log")
