"""The buyer's guides: every command and program of each way of delivery runs as it stands there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.urls import reverse

from marketplace.accounts.token.services import create_token
from marketplace.core.scopes import EVERY
from marketplace.credentials.models import Credential, SigningKey
from marketplace.delivery.grant.models import Download, Grant
from marketplace.delivery.report.models import ReportOpening
from marketplace.delivery.sandbox.models import Answer
from marketplace.delivery.use.models import Use
from marketplace.delivery.use.profile import profile_text
from marketplace.vault.services import open_stored
from tests.given import delivery as given
from tests.given import learning, reports, sandboxes, trading
from tests.given.docs import runnable_of
from tests.given.world import World

USE = "how-to/use-what-you-bought.md"
PATIENCE = 120


class Reader:
    """Somebody who copies from a guide into a shell, with their own addresses filled in."""

    def __init__(self, folder: Path, python: Path, filled: Mapping[str, str]) -> None:
        self.folder, self.python, self.filled = folder, python, filled

    def run_section(self, page: str, heading: str) -> str:
        """Run everything of a section in its order; answer what it printed."""
        return "".join(self.run(*block) for block in runnable_of(page, heading))

    def run(self, language: str, text: str) -> str:
        """Run a command or a program; answer what it printed."""
        for placeholder, value in self.filled.items():
            text = text.replace(placeholder, value)
        shell = ["bash", "-euo", "pipefail"] if language == "sh" else [str(self.python)]
        done = subprocess.run(
            [*shell, "-c", text],
            cwd=self.folder,
            env={
                **os.environ,
                "PATH": f"{self.python.parent}:{os.environ['PATH']}",
                "no_proxy": "*",
                "NO_PROXY": "*",
            },
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
        return done.stdout


def filled(site: str, grant: Grant, **secrets: str) -> dict[str, str]:
    """Return what a reader puts for the placeholders of a guide."""
    return {"https://centre.example": site, "GRANT": str(grant.pk), **secrets}


def token(world: World) -> str:
    """Make the buyer's API token."""
    return create_token(name="Guide", days=1, scopes=EVERY, by=world.actor("buyer")).secret


def test_a_file(site: str, tools: Path, tmp_path: Path) -> None:
    """It is downloaded, and pandas and DuckDB read it."""
    world = World()
    grant = given.granted(world)
    reader = Reader(tmp_path, tools, filled(site, grant, **{"YOUR-TOKEN": token(world)}))
    assert str(grant.version.rows) in reader.run_section(USE, "A file")
    assert (tmp_path / "data.parquet").stat().st_size == grant.size
    assert Download.objects.count() == 1


def test_a_model_as_a_file(site: str, tmp_path: Path) -> None:
    """It is downloaded as any file, and onnxruntime says what it takes and gives."""
    grant = learning.sold(World(), "file")
    with open_stored(grant.version.file) as file:
        (tmp_path / "model.onnx").write_bytes(file.read())
    told = Reader(tmp_path, Path(sys.executable), {}).run_section(USE, "A model as a file")
    assert {line.split()[0] for line in told.splitlines()} >= {"numbers", "label", "probabilities"}


def test_the_first_calls(site: str, tmp_path: Path) -> None:
    """An order is placed by a program, refused to be accepted, and taken back."""
    world = World()
    trading.published(world)
    filled = {"http://localhost:8000": site, "YOUR-TOKEN": token(world)}
    reader = Reader(tmp_path, Path(sys.executable), filled)
    page = "how-to/api-quickstart.md"
    assert "CNY" in reader.run_section(page, "First calls")
    assert reader.run_section(page, "Place an order").endswith("placed\n")
    assert '"cancel_order": {\n    "allowed": true' in reader.run_section(
        page, "See what you may do"
    )
    assert json.loads(reader.run_section(page, "Be refused"))["code"] == "not-allowed"
    assert reader.run_section(page, "Take it back") == "cancelled\n"


def test_rows(site: str, tools: Path, tmp_path: Path) -> None:
    """A look, a question, all rows with pandas, all rows as Arrow."""
    issued = given.keyed(World(), "api")
    grant = issued.key.grant
    # The guide asks for columns of the demo's ferries, which this grant calls otherwise.
    columns = {"column=passengers": "column=boardings", '["Z1", "Z2"]': "[1, 2]"}
    reader = Reader(tmp_path, tools, filled(site, grant, **{"YOUR-KEY": issued.secret}, **columns))
    printed = reader.run_section(USE, "Rows through the API")
    assert printed.count('"rows"') == 2
    assert Use.objects.count() == 4
    assert Use.objects.latest("created_at").rows == grant.version.rows


def test_delta_sharing(site: str, tools: Path, tmp_path: Path) -> None:
    """The official client loads the table by the profile file that the page saves."""
    issued = given.keyed(World(), "sharing")
    profile = "centre-1a2b3c4d.share"
    endpoint = site + reverse("sharing_shares").removesuffix("/shares")
    (tmp_path / profile).write_text(
        profile_text(endpoint=endpoint, secret=issued.secret, expires_at=issued.key.expires_at)
    )
    reader = Reader(tmp_path, tools, filled(site, issued.key.grant))
    assert "boardings" in reader.run_section(USE, "Delta Sharing")
    assert Use.objects.count() == 2


def test_a_sandbox(site: str, tmp_path: Path) -> None:
    """A program asks what can be asked, asks, and reads its answers again."""
    world = World()
    grant = sandboxes.granted(world)
    # The guide asks for columns of the demo's sandbox, which this grant calls otherwise.
    columns = {'"load"': '"boardings"', '"area"': '"line"'}
    secrets = {"YOUR-TOKEN": token(world)}
    reader = Reader(tmp_path, Path(sys.executable), filled(site, grant, **secrets, **columns))
    printed = reader.run_section("how-to/ask-a-sandbox.md", "The same with a program")
    assert Answer.objects.count() == 1
    assert "delay_minutes" in printed


@pytest.mark.parametrize("trusted", [True, False])
def test_a_report(trusted: bool, site: str, tmp_path: Path) -> None:
    """A program fetches it; the verifier finds it signed, by whom one trusts or by somebody."""
    world = World()
    grant = reports.granted(world)
    secrets = {"YOUR-TOKEN": token(world)}
    reader = Reader(tmp_path, Path(sys.executable), filled(site, grant, **secrets))
    page = "how-to/sell-and-read-a-report.md"
    reader.run_section(page, "By program")
    assert ReportOpening.objects.count() == 1
    credential = Credential.objects.get(kind="report")
    issuers = {credential.issuer: [SigningKey.objects.get().public_key]} if trusted else {}
    (tmp_path / "trust.json").write_text(json.dumps({"issuers": issuers}))
    if trusted:
        assert "VERIFIED" in reader.run_section(page, "Five minutes, for the buyer")
    else:
        with pytest.raises(AssertionError, match="issuer unknown"):
            reader.run_section(page, "Five minutes, for the buyer")
