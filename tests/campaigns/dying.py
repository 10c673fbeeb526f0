"""A process of the centre that dies at named points, and is started again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.campaigns.loop import BILL_AT
from tests.plugins.broker import ProcessHandle


@dataclass
class Dying:
    """Such a process, which can be told where to die."""

    arm_file: Path
    deaths_file: Path
    process: ProcessHandle

    def arm(self, point: str) -> None:
        """Let it die at a point, in one of its next turns."""
        self.arm_file.write_text(point, encoding="ascii")

    def bill_at(self, moment: datetime) -> None:
        """Let the loop bill as if it were a moment, again and again until it has."""
        self.arm_file.with_name(BILL_AT).write_text(moment.isoformat(), encoding="ascii")

    def deaths(self) -> int:
        """Count how often it died."""
        return len(self.deaths_file.read_text(encoding="ascii").splitlines())
