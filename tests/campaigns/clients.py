"""Client processes of their own, which race each other over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from tests.campaigns.client import Ask, Told

ROOT = Path(__file__).resolve().parents[2]
LEAD = 0.03
"""Seconds in which every client has read its request before the race begins."""


class Clients:
    """Processes that wait for something to send."""

    def __init__(self, port: int, count: int) -> None:
        self._running = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.campaigns.client", str(port)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _number in range(count)
        ]

    def race(self, requests: Sequence[Ask]) -> list[Told]:
        """Send one request from each process at the same moment; answer the answers in order."""
        assert len(requests) == len(self._running)
        at = time.monotonic() + LEAD
        return [told[0] for told in self.share([[replace(each, at=at)] for each in requests])]

    def share(self, work: Sequence[Sequence[Ask]]) -> list[list[Told]]:
        """Let each process send its requests one after the other; answer the answers of each."""
        for process, requests in zip(self._running, work, strict=True):
            assert process.stdin is not None
            process.stdin.write(json.dumps([asdict(each) for each in requests]) + "\n")
            process.stdin.flush()
        return [_answers(process) for process in self._running]

    def stop(self) -> None:
        """End the processes."""
        for process in self._running:
            process.kill()
            process.communicate()


def _answers(process: subprocess.Popen[str]) -> list[Told]:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "A client process ended."
    return [Told(**told) for told in json.loads(line)]
