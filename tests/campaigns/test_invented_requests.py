"""Schemathesis sends what it invents to every operation of the API, as each role and as nobody.

Nothing may break: a server error is a failure. Schemathesis has an environment of its own, which
`make campaign` installs.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.campaigns.serving import ROOT, Site
from tests.given import trading as given
from tests.given.world import World

PROGRAM = ROOT / "build" / "schemathesis" / "bin" / "schemathesis"
DESCRIPTION = ROOT / "docs" / "reference" / "openapi.yaml"
"""What the API says of itself, as it is committed: a busy machine takes long to write it anew."""
CALLERS = ("", "officer", "buyer", "finance", "reviewer", "treasurer", "auditor", "administrator")
EXAMPLES, SEED = 15, 20261126
"""Invented requests of each operation and phase, as each caller."""

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.campaign,
    pytest.mark.skipif(not PROGRAM.exists(), reason="make campaign installs Schemathesis"),
]


@pytest.mark.parametrize("caller", CALLERS, ids=lambda caller: caller or "nobody")
def test_nothing_breaks(
    caller: str,
    serve: Callable[..., Site],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """0 server errors."""
    given.completed(World())
    site = serve()
    signed_in = ["--header", f"Authorization: Bearer {site.tokens[caller]}"] if caller else []
    done = subprocess.run(
        [
            *(str(PROGRAM), "run", str(DESCRIPTION), *signed_in),
            *("--url", f"http://127.0.0.1:{site.port}"),
            *("--checks", "not_a_server_error", "--phases", "examples,coverage,fuzzing"),
            *("--max-examples", str(EXAMPLES), "--seed", str(SEED), "--workers", "2"),
            *("--request-timeout", "60", "--no-color", "--continue-on-failure"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    tested = re.search(r"(\d+) generated", done.stdout)
    record_property("requests", tested[1] if tested else "unknown")
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
