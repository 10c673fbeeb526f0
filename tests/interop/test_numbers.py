"""Numbers are numbers for the tools of a buyer, by whatever way what was bought arrives."""

from __future__ import annotations

import json
import subprocess

import polars as pl
import polars.selectors as cs
import pytest

from marketplace.accounts.token.services import create_token
from marketplace.core.scopes import EVERY
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.presentation import snippets_of
from marketplace.delivery.grant.stored import file_name
from marketplace.delivery.use.profile import profile_of
from marketplace.delivery.use.services import make_grant_key
from marketplace.vault.services import open_stored
from tests.given import numbers as given
from tests.given.by_owner import altered
from tests.given.world import World
from tests.interop.test_buyers_tools import Buyer, buyer

__all__ = ["buyer"]

SHELL = ("curl", "duckdb ")
DESCRIBE = """
import duckdb, json
described = table.describe(include="number").loc["mean"]
summary = duckdb.sql(f"SELECT column_name, avg FROM (SUMMARIZE FROM {summarized})").fetchall()
print(json.dumps({
    "pandas": json.loads(described.to_json()),
    "duckdb": {name: float(mean) for name, mean in summary if name != "began"},
}))
"""


def fetched(buyer: Buyer, world: World, grant: Grant) -> str:
    """Run the commands of a delivery's page; return its programs, which load what was bought."""
    secret, token = (
        "",
        create_token(name="Numbers", days=1, scopes=EVERY, by=world.actor("buyer")).secret,
    )
    if grant.mode != "file":
        issued = make_grant_key(grant.pk, days=30, by=world.actor("buyer"))
        secret, profile = issued.secret, profile_of(issued, address=buyer.site)
        (buyer.folder / profile.name).write_text(profile.text)
    codes = [one.code for one in snippets_of(grant, address=buyer.site, secret=secret)]
    assert len(codes) == 3
    programs = [code for code in codes if not code.startswith(SHELL)]
    for code in set(codes) - set(programs):
        # The tests' environment has DuckDB for Python, not its shell.
        if not code.startswith("duckdb "):
            command = ["bash", "-euo", "pipefail", "-c", code.replace("YOUR-TOKEN", token)]
            told = subprocess.run(command, cwd=buyer.folder, check=True, capture_output=True)
            assert told.stdout
    # More pages than one, of which each has its own share of empty cells.
    return "\n".join(programs).replace("10_000", "100")


def test_every_tool_describes_every_number(buyer: Buyer) -> None:
    """The programs of the page run as it shows them: pandas and DuckDB get the same numbers from
    file, rows, Arrow and Delta Sharing as polars from the bytes that were sold.
    """
    world = World()
    grant = given.granted(world)
    with open_stored(grant.version.file) as file:
        described = pl.read_parquet(file.read()).select(cs.numeric()).describe()
    assert described.columns == ["statistic", *given.NUMBERS]
    means = described.filter(pl.col("statistic") == "mean").drop("statistic").row(0, named=True)
    for mode in ("file", "api", "sharing"):
        altered(Grant.objects.filter(pk=grant.pk), mode=mode)
        grant.refresh_from_db()
        programs = fetched(buyer, world, grant)
        place = f"'{file_name(grant)}'" if mode == "file" else "bought"
        done = buyer.run(f"{programs}\nsummarized = {place!r}{DESCRIBE}", "")
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout.splitlines()[-1])
        assert found == {"pandas": pytest.approx(means), "duckdb": pytest.approx(means)}, mode
