"""The demo story, played by hand in this process, and the search for what was invented in it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pyarrow.parquet as pq
import pytest
from django.conf import settings

from marketplace.accounts.invitation.services import send_invitation
from marketplace.accounts.models import Invitation, Person
from marketplace.accounts.person.services import send_address_proof
from marketplace.demo.management.commands.demo import WIDE_EXCESS
from marketplace.demo.story.goods import Goods
from marketplace.demo.story.identities import InventedIdentities, write_registered_survey
from marketplace.demo.story.stage import CLOCKWORK, Glimpse
from marketplace.demo.story.telling import Done
from marketplace.jobs.states import JobState
from marketplace.learning.measurement.execution import execute_measurement
from marketplace.learning.measurement.selectors import measurements_visible_to
from marketplace.learning.model.execution import execute_training
from marketplace.learning.run.selectors import training_runs_visible_to
from marketplace.ledger.services.sealing import seal_round
from marketplace.pipeline.services import react_to_all
from marketplace.preparation.execution import execute_run
from marketplace.preparation.run.selectors import runs_visible_to
from tests.given.letters import letter_to

ROWS = 600


class OwnHands:
    """Seals, reacts and does the runs that wait, as loop and worker would."""

    def work_until(self, look: Callable[[], Glimpse]) -> None:
        """Work until what is looked at is over; fail when there is nothing left to do."""
        while not look().is_over:
            assert turn(), "Nothing is left to do, and it is not over."


def turn() -> int:
    """Seal what is new, react to it, and do each run that waits; answer how much there was."""
    moved = seal_round() + react_to_all()
    moved += send_letters()
    for run in list(runs_visible_to(CLOCKWORK).filter(state=JobState.QUEUED)):
        execute_run(run.pk)
        moved += 1
    for training in list(training_runs_visible_to(CLOCKWORK).filter(state=JobState.QUEUED)):
        execute_training(training.pk)
        moved += 1
    waiting = measurements_visible_to(CLOCKWORK).filter(state=JobState.QUEUED)
    for measurement in list(waiting):
        execute_measurement(measurement.pk)
        moved += 1
    return moved


def send_letters() -> int:
    """Send each letter that waits, as the worker does; answer how many there were."""
    waiting = Invitation.objects.filter(sent_at=None, accepted_at=None, withdrawn_at=None)
    sent = sum(send_invitation(pk) for pk in waiting.values_list("pk", flat=True))
    for person in Person.objects.filter(address_proved_at=None):
        sent += letter_to(person.email) == "" and send_address_proof(person.pk)
    return sent


@dataclass
class Listener:
    """Remembers what was told."""

    steps: list[tuple[int, str, Done, UUID, bool]] = field(default_factory=list)
    _begun: tuple[int, str] = (0, "")

    def open_chapter(self, title: str) -> None:
        """Hear a chapter begin."""

    def begin(self, number: int, title: str) -> None:
        """Hear a step begin."""
        self._begun = (number, title)

    def end(self, done: Done, *, seconds: float, was_there: bool) -> None:
        """Hear what a step came to."""
        self.steps.append((*self._begun, done, done.reference, was_there))

    def close_chapter(self, *, seconds: float) -> None:
        """Hear a chapter end."""


def few_rows(patch: pytest.MonkeyPatch) -> None:
    """Let attackers reach as much as the demo lets them where it takes few rows of the survey.

    What the officer's policy reaches with all of them is tested on its own.
    """
    patch.setitem(settings.CENTRE, "ATTACK_EXCESS", float(WIDE_EXCESS))


def invented(rows: int = ROWS) -> InventedIdentities:
    """Return what was invented for the first rows of the survey."""
    with tempfile.TemporaryDirectory() as folder:
        return write_registered_survey(Path(folder) / "survey.csv", rows=rows).invented


def found_in_cells(path: Path, values: Iterable[str]) -> set[str]:
    """Return which of the values occur in any cell of a Parquet file, whole or as a part."""
    table = pq.read_table(path)
    cells = {
        str(cell)
        for column in table.columns
        for cell in column.unique().to_pylist()
        if cell is not None
    }
    text = "\n".join(cells)
    return {value for value in values if value in text}


def found_in_bytes(path: Path, values: Iterable[str]) -> set[str]:
    """Return which of the values stand in a Parquet file's bytes, statistics or metadata.

    Short values are looked for in UTF-8 alone: as UTF-16 chance would find them.
    """
    raw = path.read_bytes()
    metadata = pq.read_metadata(path)
    told = f"{metadata.to_dict()} {metadata.metadata} {metadata.schema.to_arrow_schema().metadata}"
    return {
        value
        for value in values
        if value in told
        or value.encode() in raw
        or (len(value) >= 8 and value.encode("utf-16-le") in raw)
    }


def columns_of_file(path: Path) -> list[str]:
    """Return the names of a Parquet file's columns."""
    return list(pq.read_schema(path).names)


def kept_columns(goods: Goods) -> list[str]:
    """Return the columns that the officer of some goods lets out, in their order."""
    return [
        annotation.name
        for annotation in goods.annotations
        if goods.rules[annotation.name]["mask"] != "drop"
    ]
