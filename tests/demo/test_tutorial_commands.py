"""The commands of the tutorial, run on the told demo as they stand there."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from marketplace.accounts.token.services import create_token
from marketplace.core import Actor
from marketplace.core.scopes import EVERY
from marketplace.delivery.use.selectors import metered
from marketplace.delivery.use.services import make_grant_key
from marketplace.demo.story.annotators import CODES
from marketplace.demo.story.cast import BANK_BUYER, BUYER
from marketplace.demo.story.dealing import grant_by_key
from marketplace.demo.story.findings import grant_of, passed_report_of
from marketplace.demo.story.scoring import KEY as SCORED
from marketplace.demo.story.selling import copy_of
from marketplace.demo.story.stage import Stage, the
from marketplace.demo.story.survey import SURVEY
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from tests.embedded.test_supervisor import PATIENCE
from tests.given.bold import HEADING
from tests.given.docs import DOCS, runnable_of
from tests.given.told import ROOT, environment

CHECKS = "5. Check the proofs yourself"


def test_commands_of_the_tutorial_run(played: Stage, tmp_path: Path) -> None:
    """Those that need no served site, on the file that the buyer downloads and on the ledger."""
    granted, report = the(grant_of(SURVEY, BUYER)), the(passed_report_of(SURVEY))
    delivered = copy_of(granted, played.folder)
    shutil.copy(delivered, tmp_path / f"data-{granted.sha256[:12]}.parquet")
    (tmp_path / "var").symlink_to(settings.VAR_DIR)
    ran = {
        name: shell(text, tmp_path)
        for language, text in runnable_of("tutorial.md", CHECKS)
        for name in ("sha256sum", "desensitize risk", "verify_ledger", "sqlite3")
        if language == "sh" and name in text
    }
    assert granted.sha256 in ran["sha256sum"].stdout
    smallest = report.figures["smallest_class"]
    assert re.search(rf'smallest_class"?\W+{smallest}\b', ran["desensitize risk"].stdout), ran
    assert [ran[name].returncode for name in ("desensitize risk", "verify_ledger")] == [0, 0]
    assert ran["sqlite3"].returncode == 1
    assert ran["sqlite3"].stderr.rstrip().endswith("ledger_entry only grows")


PROGRAM = "6. The same by program"
QUICKSTART = "how-to/api-quickstart.md"
SCORING = (
    ("how-to/use-what-you-bought.md", "Scoring by a model"),
    ("how-to/zh/use-what-you-bought.md", "模型调用"),
)
CALLED = "http://localhost:8000"
"""The address that the docs have typed."""
STRICT = 'curl() { command curl --fail-with-body --silent --show-error "$@"; }\n'
"""With what the reader's own `curl` only prints, a refusal here ends the commands."""


@pytest.fixture
def served(whole: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve a copy of the whole demo."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    server = LiveServer("localhost:0")
    try:
        yield server.url
    finally:
        server.stop()


def token_of(by: Actor) -> str:
    """Make a token with which a person of the demo may do what their roles let them."""
    return create_token(name="Tutorial", days=1, scopes=EVERY, by=by).secret


def test_the_tutorials_calls_of_the_api_run(whole: Stage, served: str, tmp_path: Path) -> None:
    """A file is downloaded, and a delivered order is accepted, once."""
    buyer = whole.actor(BUYER)
    taken = (OrderState.DELIVERED, OrderState.OBJECTED)
    delivered = orders_visible_to(buyer).filter(state__in=taken).latest("created_at")
    granted = the(grant_of(SURVEY, BUYER))
    filled = {
        CALLED: served,
        "dtc_…": token_of(buyer),
        "GRANT=…": f"GRANT={granted.pk}",
        "ORDER=…": f"ORDER={delivered.pk}",
    }
    printed = ""
    for language, text in runnable_of("tutorial.md", PROGRAM):
        assert language == "sh"
        ran = shell(STRICT + written(text, filled), tmp_path)
        assert ran.returncode == 0, ran
        printed += ran.stdout
    assert str(granted.pk) in printed
    assert "PAR1" in printed
    [downloaded] = tmp_path.glob("data-*.parquet")
    assert sha256(downloaded.read_bytes()).hexdigest() == granted.sha256
    delivered.refresh_from_db()
    assert delivered.state == OrderState.COMPLETED


def test_the_quickstart_runs_on_the_demo(whole: Stage, served: str, tmp_path: Path) -> None:
    """An order is placed, read, refused to the buyer's own hand, and taken back."""
    filled = {CALLED: served, "YOUR-TOKEN": token_of(whole.actor(BUYER))}
    said = (DOCS / QUICKSTART).read_text(encoding="utf-8")
    headings = [title for title in HEADING.findall(said) if runnable_of(QUICKSTART, title)]
    ran = {
        title: shell(written(text, filled), tmp_path)
        for title in headings
        for _language, text in runnable_of(QUICKSTART, title)
    }
    assert [title for title, done in ran.items() if done.returncode] == [], ran
    assert "CNY" in ran["First calls"].stdout
    assert ran["Place an order"].stdout.endswith("placed\n")
    assert "ETag" in ran["Change what you have read"].stdout
    assert json.loads(ran["Be refused"].stdout)["code"] == "not-allowed"
    assert ran["Take it back"].stdout == "cancelled\n"


def test_the_guides_calls_of_a_model_run_on_the_demo(
    whole: Stage, served: str, tmp_path: Path
) -> None:
    """A row and a table are scored; the other language's commands send the same, counted once."""
    granted = the(grant_by_key(SCORED))
    before = metered(granted).rows
    issued = make_grant_key(granted.pk, days=1, by=whole.actor(BANK_BUYER))
    called = {"https://centre.example": served, "GRANT": str(granted.pk)}
    filled = called | {"YOUR-KEY": issued.secret}
    for page, heading in SCORING:
        row, table = (
            shell(written(text, filled), tmp_path) for _language, text in runnable_of(page, heading)
        )
        assert (row.returncode, table.returncode) == (0, 0), (row, table)
        [scored] = json.loads(row.stdout)["scores"]
        assert scored["label"] in CODES.values()
        with (tmp_path / "scores.csv").open(encoding="utf-8") as file:
            [tabled] = csv.DictReader(file)
        assert tabled["label"] == scored["label"]
        assert metered(granted).rows - before == 2


def written(text: str, filled: Mapping[str, str]) -> str:
    """Return a command with what its reader puts for the places that are left open."""
    for place, value in filled.items():
        text = text.replace(place, value)
    return text


def shell(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the tutorial, whose reader stands where `var` and the downloads are."""
    typed = text.replace(" manage.py", f" {ROOT}/manage.py")
    typed = typed.replace(".venv/bin/python", sys.executable)
    return subprocess.run(
        ["bash", "-euc", typed],
        cwd=folder,
        env=environment(folder / "var") | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
