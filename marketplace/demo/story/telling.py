"""The story as steps: each looks whether it was played already, and else plays its act."""

import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise

from marketplace.demo.story.past import at
from marketplace.demo.story.stage import Stage, StoryBroken, the
from marketplace.ledger.facts import Fact
from marketplace.ledger.selectors import entries_about


@dataclass(frozen=True)
class Done:
    """What a step came to, in words, and the fact about a subject that proves it.

    Where both sides do the same, `organization_id` says whose fact is meant. Of several the newest
    is, or the first (`is_first`) where a later step does the same once more.
    """

    what: str
    subject: str
    fact: type[Fact]
    organization_id: UUID | None = None
    is_first: bool = False

    @property
    def reference(self) -> UUID:
        """Return the reference of the ledger entry of that fact."""
        entries = [
            entry
            for entry in entries_about(self.subject)
            if entry.kind == self.fact.kind
            and self.organization_id in (None, entry.organization_id)
        ]
        return the(entries[0 if self.is_first else -1] if entries else None).reference


def recorded(subject: str, fact: type[Fact], what: str, *, is_first: bool = False) -> Done | None:
    """Return what a step came to, where the ledger has the fact, whatever was done since."""
    if any(entry.kind == fact.kind for entry in entries_about(subject)):
        return Done(what, subject, fact, is_first=is_first)
    return None


@dataclass(frozen=True)
class Step:
    """One act of the story. `look` answers what it came to where it was played already."""

    title: str | Promise
    look: Callable[[Stage], Done | None]
    play: Callable[[Stage], object]


def in_one(title: str | Promise, steps: Sequence[Step]) -> Step:
    """Return several steps as one, which is told by what the last of them came to.

    Where it broke off in between, it goes on with the first that was not played yet.
    """

    def look(stage: Stage) -> Done | None:
        try:
            return steps[-1].look(stage)
        except StoryBroken:
            # What the last one looks at was not made yet; playing tells where something is gone.
            return None

    def play(stage: Stage) -> None:
        for step in steps:
            if step.look(stage) is None:
                step.play(stage)

    return Step(title, look, play)


@dataclass(frozen=True)
class Chapter:
    """Steps that belong together. Those of the past are played so many `days_ago`."""

    title: str | Promise
    steps: tuple[Step, ...]
    days_ago: int = 0


class Teller(Protocol):
    """Whoever shows how the story goes."""

    def open_chapter(self, title: str) -> None:
        """Begin a chapter."""

    def begin(self, number: int, title: str) -> None:
        """Begin a step."""

    def end(self, done: Done, *, seconds: float, was_there: bool) -> None:
        """End the step."""

    def close_chapter(self, *, seconds: float) -> None:
        """End the chapter."""


def tell(story: Sequence[Chapter], stage: Stage, teller: Teller, *, after: int = 0) -> int:
    """Play every step that was not played yet, in order; return the number of the last one.

    `after` is the number of the step before the first.

    Raises:
        StoryBroken: the story cannot go on from what is there.
        Refusal: an act refused.
    """
    number = after
    for chapter in story:
        teller.open_chapter(str(chapter.title))
        opened = time.monotonic()
        for step in chapter.steps:
            number += 1
            teller.begin(number, str(step.title))
            began = time.monotonic()
            with at(chapter.days_ago, minutes=number) if chapter.days_ago else nullcontext():
                done = step.look(stage)
                was_there = done is not None
                if done is None:
                    step.play(stage)
                    done = the(step.look(stage))
            teller.end(done, seconds=time.monotonic() - began, was_there=was_there)
        teller.close_chapter(seconds=time.monotonic() - opened)
    return number
