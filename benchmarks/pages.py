"""Measure every page of the demo's world, as everybody who may open it.

Run by: python -m benchmarks.pages. The demo tells its story into a folder of its own (or serves the
one that `--var` names, which has heard it), and is asked over HTTP, by sessions that signed in as
its people do. Whatever their pages lead to is asked for in a drawn order at a steady rate, whether
or not the earlier answers came. Then the same pages are asked for within one process, and their
queries counted.
"""

import http.client
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import django
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from benchmarks.figures import Figure, say

ROOT = Path(__file__).resolve().parents[1]
BAR, PERCENT = 300.0, 0.95
LINK = re.compile(r'<a\s[^>]*?href="([^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
NOBODY = ""
EACH = 2
"""How many pages of one address, such as of two orders, one person opens."""
MOST = 3
"""As how many people one address is measured."""
PATIENCE = 600.0


@dataclass
class Browser:
    """Somebody's session, which keeps cookies and sends them."""

    port: int
    who: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, sent: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Ask once; return status, kind and text of the answer."""
        connected = http.client.HTTPConnection("localhost", self.port, timeout=60)
        try:
            headers = {
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                "Accept-Language": "en",
                "Referer": f"http://localhost:{self.port}/",
            }
            if sent is None:
                connected.request("GET", path, headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                connected.request("POST", path, urlencode(sent), headers)
            answer = connected.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.split(";")[0]
            kind = answer.getheader("Content-Type", "")
            return answer.status, kind.split(";")[0], answer.read().decode("utf-8", "replace")
        finally:
            connected.close()

    def sign_in(self, password: str) -> None:
        """Sign in by the form."""
        _status, _kind, page = self.ask("/account/login/")
        token = TOKEN.search(page)
        assert token is not None
        sent = {"csrfmiddlewaretoken": token[1], "login": self.who, "password": password}
        status, _kind, _page = self.ask("/account/login/", sent)
        if status != 302:
            raise RuntimeError(f"{self.who} cannot sign in: {status}.")


@dataclass(frozen=True)
class Visit:
    """A page and who opens it; `route` is the name of its address."""

    route: str
    path: str
    who: str


def main() -> int:
    """Say the 95th percentile over all pages and of the slowest ones; write the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--var", type=Path, help="the data folder of a demo whose story was told")
    parser.add_argument("--rate", type=float, default=1.0, help="requests a second")
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is asked for")
    parser.add_argument("--write", type=Path, help="the Markdown table of all pages")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        var = given.var or Path(folder) / "var"
        os.environ |= {"DJANGO_SETTINGS_MODULE": "marketplace.settings.dev", "VAR_DIR": str(var)}
        with served(var) as port:
            django.setup()
            browsers = signed_in(port, var)
            visits = found(browsers)
            print(f"{len(visits)} pages, each {given.rounds} times", file=sys.stderr)
            times = measured(visits, browsers, given)
        queries = counted(visits)
    tell(visits, times, given)
    if given.write:
        given.write.write_text(table_of(visits, times, queries), encoding="utf-8")
    return 0


@contextmanager
def served(var: Path) -> Iterator[int]:
    """Run the demo, and return its port once it serves: the one that its papers name already."""
    kept = var / "demo-address"
    if kept.exists():
        port = int(kept.read_text(encoding="utf-8").rpartition(":")[2])
    else:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr, stderr=sys.stderr)
    try:
        until = time.monotonic() + PATIENCE
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("The demo does not serve.")
            time.sleep(0.5)
        yield port
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        return Browser(port, NOBODY).ask("/")[0] == 200
    except OSError:
        return False


def signed_in(port: int, var: Path) -> dict[str, Browser]:
    """Sign everybody of the story in; beside them is who has not signed in."""
    passwords = json.loads((var / "demo-sign-ins.json").read_text(encoding="utf-8"))
    browsers = {NOBODY: Browser(port, NOBODY)}
    for who, password in passwords.items():
        browsers[who] = Browser(port, who)
        browsers[who].sign_in(password)
    return browsers


def found(browsers: dict[str, Browser]) -> list[Visit]:
    """Follow links from everybody's first page; return which pages to measure, as whom."""
    visits: dict[str, list[Visit]] = defaultdict(list)
    for who, browser in browsers.items():
        for visit in _reached(browser):
            if len({each.who for each in visits[visit.route]} | {who}) <= MOST:
                visits[visit.route].append(visit)
    return [visit for of_route in visits.values() for visit in of_route]


def _reached(browser: Browser) -> Iterator[Visit]:
    waiting, seen = ["/", "/desk/"], {"/", "/desk/"}
    opened: dict[str, int] = defaultdict(int)
    while waiting:
        path = waiting.pop(0)
        route = _route(path)
        if route is None or opened[route] >= EACH:
            continue
        status, kind, text = browser.ask(path)
        if status != 200 or kind != "text/html":
            continue
        opened[route] += 1
        yield Visit(route, path, browser.who)
        for href in LINK.findall(text):
            link = urlsplit(unescape(href))
            if not link.netloc and not link.scheme and link.path and link.path not in seen:
                seen.add(link.path)
                waiting.append(link.path)


def _route(path: str) -> str | None:
    try:
        match = resolve(path)
    except Resolver404:
        return None
    # The admin's hundreds of pages are Django's own, and one of each kind stands for them.
    return None if "logout" in match.view_name else match.view_name


def measured(
    visits: list[Visit], browsers: dict[str, Browser], given: Namespace
) -> dict[Visit, list[float]]:
    """Ask for each page so often at the rate, in a drawn order; return milliseconds."""
    plan = [visit for visit in visits for _ in range(given.rounds)]
    random.Random(1).shuffle(plan)
    began = time.perf_counter()

    def one(numbered: tuple[int, Visit]) -> tuple[Visit, float]:
        number, visit = numbered
        due = began + number / given.rate
        time.sleep(max(0.0, due - time.perf_counter()))
        status, _kind, _text = browsers[visit.who].ask(visit.path)
        if status != 200:
            raise RuntimeError(f"{visit.path} answered {status}.")
        return visit, 1000 * (time.perf_counter() - due)

    times: dict[Visit, list[float]] = defaultdict(list)
    with ThreadPoolExecutor(16) as pool:
        for visit, spent in pool.map(one, enumerate(plan)):
            times[visit].append(spent)
    return times


def counted(visits: list[Visit]) -> dict[Visit, int]:
    """Count the queries of each page, asked for a second time within this process."""
    person_model = get_user_model()
    counts = {}
    for visit in visits:
        client = Client(headers={"host": "localhost", "accept-language": "en"})
        if visit.who:
            person = person_model.objects.get(email=visit.who)
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        client.get(visit.path)
        with CaptureQueriesContext(connection) as asked:
            client.get(visit.path)
        counts[visit] = len(asked.captured_queries)
    return counts


def late(times: list[float]) -> float:
    """Return the 95th percentile, of few times the longest."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * PERCENT), len(ordered) - 1)]


def of_routes(visits: list[Visit], times: dict[Visit, list[float]]) -> dict[str, list[float]]:
    """Return the times of each address, whoever opened which page of it."""
    joined: dict[str, list[float]] = defaultdict(list)
    for visit in visits:
        joined[visit.route] += times[visit]
    return joined


def tell(visits: list[Visit], times: dict[Visit, list[float]], given: Namespace) -> None:
    """Say how long all took, and which addresses took longest."""
    joined = of_routes(visits, times)
    whole = [spent for spents in times.values() for spent in spents]
    note = f"{len(joined)} addresses, {len(whole)} requests at {given.rate:g} a second"
    slowest = max(joined, key=lambda route: late(joined[route]))
    say(Figure("all pages, 95th percentile", late(whole), BAR, unit="ms", note=note))
    say(Figure("all pages, median", statistics.median(whole), unit="ms"))
    say(Figure(f"the slowest page, {slowest}", late(joined[slowest]), BAR, unit="ms"))
    over = sorted(route for route in joined if late(joined[route]) > BAR)
    say(Figure("addresses above the bar", len(over), 0, unit="", note=", ".join(over)))


def table_of(
    visits: list[Visit], times: dict[Visit, list[float]], queries: dict[Visit, int]
) -> str:
    """Write a row an address: milliseconds, and the queries of its dearest page."""
    most: dict[str, int] = defaultdict(int)
    for visit in visits:
        most[visit.route] = max(most[visit.route], queries[visit])
    rows = [
        f"| `{route}` | {late(spent):.0f} | {statistics.median(spent):.0f} | {most[route]} |"
        for route, spent in sorted(of_routes(visits, times).items())
    ]
    return "\n".join(
        [
            "# Pages",
            "",
            "Every page of the demo's world that a link leads to, as up to three of its people:"
            " milliseconds of the 95th",
            "percentile and of the median, and the most queries that one of them took. Written by"
            " `python -m benchmarks.pages",
            "--write docs/reference/pages.md`; what it measures stands in"
            " [Benchmarks](benchmarks.md#the-pages-of-the-demos-world).",
            "",
            "| address | 95th percentile, ms | median, ms | queries |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
