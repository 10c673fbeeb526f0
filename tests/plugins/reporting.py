"""`--campaign-report FILE`: what was searched for how long, at which commit, and what was found."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEADING = ("search", "result", "seconds", "counts")


class CampaignReport:
    """Collects the outcome of every test and writes them down at the end."""

    def __init__(self, path: Path, database: str) -> None:
        self.path = path
        self.database = database
        self.commit = f"`{_git('rev-parse', 'HEAD')}`{_changed()}"
        self.began = time.monotonic()
        self.rows: dict[str, tuple[str, float, str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that ran, and a setup or teardown that failed."""
        if report.when != "call" and report.outcome == "passed":
            return
        counts = ", ".join(f"{name}: {value}" for name, value in report.user_properties)
        _result, seconds, _counts = self.rows.get(report.nodeid, ("", 0.0, ""))
        self.rows[report.nodeid] = (report.outcome, seconds + report.duration, counts)
        self._write()

    def _write(self) -> None:
        """Write the report; after every test, for a search that is broken off."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.text(), encoding="utf-8")

    def text(self) -> str:
        """Return Markdown: the searches that counted something, then the others by file."""
        outcomes = [result for result, _seconds, _counts in self.rows.values()]
        summed = ", ".join(f"{outcomes.count(name)} {name}" for name in sorted(set(outcomes)))
        lines = [
            "# Campaign",
            "",
            f"- commit: {self.commit}",
            f"- written: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {self.database}",
            f"- machine: {os.cpu_count()} cores, {platform.system()}, "
            f"Python {platform.python_version()}",
            f"- whole: {time.monotonic() - self.began:,.0f} s, {summed or 'nothing ran'}",
            "",
            "| " + " | ".join(HEADING) + " |",
            "|---" * len(HEADING) + "|",
        ]
        for name, (result, seconds, counts) in sorted(self.rows.items()):
            if counts or result != "passed":
                lines.append(f"| {name} | {result} | {seconds:,.1f} | {counts} |")
        lines += ["", "Files of searches that count nothing but themselves:", ""]
        for file, (count, seconds) in sorted(self._files().items()):
            lines.append(f"- {file}: {count} passed, {seconds:,.1f} s")
        return "\n".join(lines) + "\n"

    def _files(self) -> dict[str, tuple[int, float]]:
        files: dict[str, tuple[int, float]] = {}
        for name, (result, seconds, counts) in self.rows.items():
            if result == "passed" and not counts:
                file = name.partition("::")[0]
                count, before = files.get(file, (0, 0.0))
                files[file] = (count + 1, before + seconds)
        return files


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--campaign-report`."""
    parser.addoption("--campaign-report", default="", help="file to write the campaign's report to")


def pytest_configure(config: pytest.Config) -> None:
    """Report from the process that hears of every test: with xdist, the controller."""
    path = config.getoption("--campaign-report")
    if path and not hasattr(config, "workerinput"):
        url = os.environ.get("DATABASE_URL", "")
        kind = "PostgreSQL" if url.startswith(("postgres", "psql", "pgsql")) else "SQLite"
        config.pluginmanager.register(CampaignReport(Path(path), kind), "campaign-report")


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _changed() -> str:
    return (
        " with changes that are not committed"
        if _git("status", "--porcelain")
        not in (
            "",
            "unknown",
        )
        else ""
    )
