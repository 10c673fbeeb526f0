"""What the benchmark of strangers does inside Django, once it is set up."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from marketplace.desk.supervisor import centre
from marketplace.desk.supervisor.children import Child, RunningChild
from tests.campaigns.serving import ROOT, free_port
from tests.given import proxy
from tests.given.docs import DOCS
from tests.given.trading import published
from tests.given.world import World, build_world


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve something on offer as the production guide does; yield nginx's port."""
    build_world()
    published(World())
    unit = (DOCS / "how-to" / "production" / "centre-web.service").read_text(encoding="utf-8")
    inner, outer = free_port(), free_port()
    site = centre.web(ROOT, port=inner, log=folder / "web.log")
    command = list(site.command)
    for option in ("--workers", "--threads"):
        [value] = re.findall(rf"{option} (\d+)", unit)
        command[command.index(option) + 1] = value
    web = Child(**{**vars(site), "command": tuple(command)})
    running = []
    try:
        for child in (centre.valkey(folder, log=folder / "valkey.log", keep=False), web):
            running.append(RunningChild(child))
            running[-1].wait_until_ready(120)
        place = folder / "nginx"
        place.mkdir()
        with proxy.nginx(place, port=outer, upstream=f"127.0.0.1:{inner}"):
            yield outer
    finally:
        for started in reversed(running):
            started.stop()
