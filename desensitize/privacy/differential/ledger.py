"""Remember over all releases of a table what they have spent of its privacy budget."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from desensitize.errors import DesensitizeError, TableError
from desensitize.privacy.differential.budget import NOTHING, Budget

ROWS = "row"


class BudgetLedger:
    """Keep a file of JSON lines: the budget, then one line a release, only ever added to.

    Sequential composition (Dwork and Roth, 2014, theorem 3.16): what releases spend adds up. The
    file is made by the first release, so that one that is refused leaves nothing behind. It is
    locked while it is read and written, and a line is on the disk before its release is computed,
    so that neither a second process nor a crash spends anything twice. `unit` names the column that
    tells persons apart; None means that each row is a person.

    Raises:
        DesensitizeError: `bad-privacy-budget`, or `bad-privacy-ledger` when the file is no ledger
            or one of another budget or unit.
        TableError: `write-failed`.
    """

    def __init__(
        self,
        path: Path,
        *,
        epsilon: float | str,
        delta: float | str = 0,
        unit: str | None = None,
    ) -> None:
        self._path = path
        self.budget = Budget.of(epsilon, delta)
        self.unit = unit
        self._header: dict[str, object] = {
            "budget": self.budget.as_dict(),
            "unit": {"column": unit} if unit is not None else ROWS,
        }
        self.left()

    def left(self) -> Budget:
        """Return what is left to spend."""
        if not self._path.exists() and self._path.parent.is_dir():
            return self.budget
        with self._locked() as file:
            return self.budget - self._spent(file)

    def spend(self, amount: Budget, what: str) -> Budget:
        """Write a release down, before it is computed, and answer what is left after it.

        Raises:
            DesensitizeError: `privacy-budget-spent`; then nothing is written.
        """
        _refuse_overdrawn(self.left(), amount)
        with self._locked() as file:
            left = self.budget - self._spent(file)
            _refuse_overdrawn(left, amount)
            release = amount.as_dict() | {
                "what": what,
                "moment": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            is_new = not file.seek(0, os.SEEK_END)
            self._add(file, *([self._header] if is_new else []), release)
            return left - amount

    @contextmanager
    def _locked(self) -> Iterator[FileIO]:
        try:
            with open(self._path, "a+b", buffering=0) as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield file
        except OSError as error:
            raise TableError(
                "write-failed", reason=error.strerror or "input/output error"
            ) from error

    def _spent(self, file: FileIO) -> Budget:
        file.seek(0)
        content = file.readall()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            # A crash in the middle of a line: its release was never computed.
            file.truncate(whole)
        lines = content[:whole].splitlines()
        if not lines:
            return NOTHING
        try:
            header, *releases = [json.loads(line) for line in lines]
            amounts = [Budget.of(*_amounts(release)) for release in releases]
        except (ValueError, TypeError, KeyError) as error:
            raise DesensitizeError("bad-privacy-ledger", reason="it is no ledger") from error
        if header != self._header:
            raise DesensitizeError(
                "bad-privacy-ledger", reason="it was opened with another budget or unit"
            )
        return sum(amounts, NOTHING)

    def _add(self, file: FileIO, *lines: Mapping[str, object]) -> None:
        before = file.seek(0, os.SEEK_END)
        try:
            written = [json.dumps(line, ensure_ascii=False) + "\n" for line in lines]
            encoded = "".join(written).encode("utf-8")
            if file.write(encoded) != len(encoded):
                raise OSError("The disk is full.")
            os.fsync(file.fileno())
        except OSError:
            file.truncate(before)
            raise


def _refuse_overdrawn(left: Budget, amount: Budget) -> None:
    if (left - amount).overdrawn:
        raise DesensitizeError(
            "privacy-budget-spent",
            epsilon=f"{float(left.epsilon):g}",
            delta=f"{float(left.delta):g}",
        )


def _amounts(release: dict[str, str]) -> tuple[str, str]:
    return release["epsilon"], release["delta"]
