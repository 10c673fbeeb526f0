"""Measure the storefront over 100,000 published listings, on a PostgreSQL server of its own.

Run by: python -m benchmarks.storefront. One listing comes about by acts, and the database copies
it; the copies differ in what is searched, and share a version. Pages and the API of gunicorn with
two workers are asked at a steady rate, whether or not the earlier ones were answered.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode

import django
from django.core.management import call_command

from benchmarks.figures import Figure, say
from tests.campaigns.client import Ask, ask
from tests.plugins.postgres import EmbeddedPostgres

BAR, PERCENT = 200.0, 0.95
TOPICS = (
    "bus",
    "metro",
    "water",
    "power",
    "parking",
    "library",
    "forest",
    "harbour",
    "公交",
    "供水",
)
PLACES = ("Minjiang", "Gulou", "Taijiang", "Cangshan", "Mawei", "Jinan", "福州", "厦门")
THEMES = ("transport", "environment", "health", "education")
COPY = """
INSERT INTO listings_listing ({columns})
SELECT {values} FROM listings_listing seed, generate_series(1, %(many)s) number
CROSS JOIN LATERAL (SELECT
    (%(topics)s::text[])[1 + number %% {topics}] AS topic,
    (%(places)s::text[])[1 + (number / 7) %% {places}] AS place,
    (%(themes)s::text[])[1 + (number / 3) %% {themes}] AS theme) AS drawn
WHERE seed.id = %(seed)s
"""
DRAWN = {
    "id": "gen_random_uuid()",
    "title": "drawn.topic || ' of ' || drawn.place || ', no. ' || number",
    "search_text": "lower(drawn.topic || ' of ' || drawn.place || ', no. ' || number)"
    " || seed.search_text",
    "theme": "drawn.theme",
    "region": "drawn.place",
    "price": "100 + (number * 7919) %% 100000",
    "created_at": "seed.created_at - number * interval '1 minute'",
    "published_at": "seed.published_at - number * interval '1 minute'",
}


def main() -> int:
    """Say the 95th percentile of each kind of question, and of all."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--rate", type=float, default=20.0, help="requests a second")
    given = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    server = EmbeddedPostgres()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": server.start(), "TEST_VAR_DIR": folder}
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            work = import_module("benchmarks.trades_work")
            made = work.made()
            copy(server, made["listing"], given.listings)
            with work.served(Path(folder), with_worker=False) as port:
                measure(port, made["tokens"]["buyer"], given)
        finally:
            server.stop()
    return 0


def copy(server: EmbeddedPostgres, seed: str, many: int) -> None:
    """Copy the listing."""
    with server.connect() as connection:
        told = connection.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'listings_listing' AND is_generated = 'NEVER'"
        )
        columns = [row[0] for row in told]
        values = [DRAWN.get(column, f"seed.{column}") for column in columns]
        statement = COPY.format(
            columns=", ".join(columns),
            values=", ".join(values),
            topics=len(TOPICS),
            places=len(PLACES),
            themes=len(THEMES),
        )
        drawn = {"topics": list(TOPICS), "places": list(PLACES), "themes": list(THEMES)}
        connection.execute(statement, {**drawn, "seed": seed, "many": many})
        # Of the tables with one row, too: autovacuum would leave those, and plans would guess.
        connection.execute("VACUUM ANALYZE")


def questions(draw: random.Random, listings: int) -> dict[str, dict[str, object]]:
    """Return one question of each kind."""
    return {
        "everything": {},
        "one common word": {"q": draw.choice(TOPICS)},
        "two words": {"q": f"{draw.choice(TOPICS)} {draw.choice(PLACES)}"},
        "a rare word": {"q": f"no. {draw.randrange(listings)}"},
        "a word that none has": {"q": f"zebra{draw.randrange(1000)}"},
        "two characters that none has": {"q": draw.choice(("消防", "林业", "气象"))},
        "one character": {"q": draw.choice(("水", "气", "e", "z"))},
        "a place where nothing is": {"region": draw.choice(("北京", "上海", "沪"))},
        "theme and place": {"theme": "transport", "region": draw.choice(PLACES)},
        "cheapest between prices": {"price_from": 500, "price_to": 900, "order": "cheapest"},
        "a later page": {"q": draw.choice(TOPICS), "page": 5},
    }


def measure(port: int, token: str, given: Namespace) -> None:
    """Say how long answers took at the rate."""
    times = answered(port, token, listings=given.listings, rate=given.rate, seconds=given.seconds)
    note = f"{len(times)} requests at {given.rate:g} a second, {given.listings:,} listings"
    whole = [spent for _kind, spent in times]
    say(Figure("the storefront, 95th percentile", late(whole), BAR, unit="ms", note=note))
    say(Figure("its median", statistics.median(whole), unit="ms"))
    for kind in sorted({kind for kind, _spent in times}):
        of_kind = [spent for name, spent in times if name == kind]
        say(Figure(f"{kind}, 95th percentile", late(of_kind), unit="ms"))


def answered(
    port: int, token: str, *, listings: int, rate: float, seconds: float, seed: int = 1
) -> list[tuple[str, float]]:
    """Ask at a rate, each other time a page and the API; return kinds and milliseconds."""
    draw = random.Random(seed)
    plan = []
    for number in range(int(rate * seconds)):
        kind, query = draw.choice(list(questions(draw, listings).items()))
        path = "/market/" if number % 2 else "/api/v1/market/"
        if not number % 2:
            # A program turns pages by cursors, each of which takes the page before.
            query.pop("page", None)
        plan.append((kind, Ask(f"{path}?{urlencode(query)}", "GET", token=token)))
    for _kind, request in plan[:20]:
        ask(port, request)
    began = time.perf_counter()

    def one(numbered: tuple[int, tuple[str, Ask]]) -> tuple[str, float]:
        number, (kind, request) = numbered
        due = began + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        told = ask(port, request)
        if told.status != 200:
            raise RuntimeError(f"{request.path} answered {told.status}.")
        return kind, 1000 * (time.perf_counter() - due)

    with ThreadPoolExecutor(64) as pool:
        return list(pool.map(one, enumerate(plan)))


def late(times: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(times)[int(len(times) * PERCENT)]


if __name__ == "__main__":
    sys.exit(main())
