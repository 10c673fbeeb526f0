"""The commands of the tutorial, run on the told demo as they stand there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from marketplace.demo.story.cast import BUYER
from marketplace.demo.story.findings import grant_of, passed_report_of
from marketplace.demo.story.selling import copy_of
from marketplace.demo.story.stage import Stage, the
from marketplace.demo.story.survey import SURVEY
from tests.embedded.test_supervisor import PATIENCE
from tests.given.docs import runnable_of
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
