"""Measure labelling: the page of an item while many annotators label, and the export of a set.

Run `python -m benchmarks.labelling [--annotators N] [--seconds S] [--items N]`. It starts a
PostgreSQL of its own and gunicorn with two workers on it. Each annotator asks for an item, labels
it and is shown the next one, at a steady pace; every page is timed, and every label. The export
writes one labelled set as TC609 records, for Label Studio and as Parquet, without the database.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from benchmarks.figures import Figure, say
from marketplace.annotation.formats import Item, Label, LabelledSet
from marketplace.annotation.formats.label_studio import write_tasks
from marketplace.annotation.formats.tables import write_parquet
from marketplace.annotation.formats.tc609 import write_records
from marketplace.annotation.kinds.kind import Answer, LabelClass, Scheme
from marketplace.annotation.kinds.registry import KINDS
from tests.plugins.postgres import EmbeddedPostgres

BEGAN = datetime(2026, 1, 5, 1, tzinfo=UTC)
CLASSES = ("lamps", "waste", "noise", "water")
PAGE_BAR, EXPORT_BAR = 100.0, 5.0


def main() -> None:
    """Say every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--annotators", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30.0, help="how long they label")
    parser.add_argument("--pace", type=float, default=5.0, help="seconds of each from item to item")
    parser.add_argument("--items", type=int, default=100_000, help="items of the exported set")
    given = parser.parse_args()
    export(given.items)
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    server = EmbeddedPostgres()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": server.start(), "TEST_VAR_DIR": folder}
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            # Models and builders can be imported only once Django is set up.
            work = import_module("benchmarks.labelling_work")
            serving = import_module("benchmarks.trades_work")
            annotators = work.annotators(given.annotators, given.seconds, given.pace)
            with serving.served(Path(folder), with_worker=False) as port:
                for figure in work.measured(port, annotators, given.seconds, given.pace, PAGE_BAR):
                    say(figure)
        finally:
            server.stop()


def export(items: int) -> None:
    """Say how long each format takes to write."""
    labelled = invented(items)
    with tempfile.TemporaryDirectory() as folder:
        ways: dict[str, Callable[[], object]] = {
            "TC609 records": partial(write_records, labelled),
            "Label Studio's JSON": partial(write_tasks, labelled),
            "Parquet": partial(write_parquet, labelled, Path(folder) / "set.parquet"),
        }
        for name, write in ways.items():
            began = time.perf_counter()
            write()
            seconds = time.perf_counter() - began
            note = f"{items:,} items, every fifth labelled by two"
            say(Figure(f"export as {name}", seconds, EXPORT_BAR, unit="s", note=note))


def invented(items: int) -> LabelledSet:
    """Return a set of short invented messages, each of one class."""
    return LabelledSet(
        title="Messages by matter",
        description="Invented messages to a hotline.",
        version="1",
        license="by contract",
        source="Invented",
        source_details="Drawn for this benchmark.",
        scheme=Scheme(KINDS["one"], tuple(LabelClass(code) for code in CLASSES)),
        items=tuple(_items(items)),
        created_at=BEGAN,
        modified_at=BEGAN,
    )


def _items(items: int) -> Iterator[Item]:
    for number in range(items):
        value = Answer(classes=(CLASSES[number % len(CLASSES)],))
        made = BEGAN + timedelta(seconds=number)
        several = 2 if number % 5 == 0 else 1
        labels = tuple(Label(f"a{one}", value, made, seconds=4.0) for one in range(several))
        text = f"第{number}号来电反映，某路段的路灯不亮，夜间行走不便，请尽快派人查看并回复。"
        yield Item(f"item-{number}", text, labels, value, made)


if __name__ == "__main__":
    main()
