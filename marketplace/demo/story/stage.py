"""What every step of the story may use: who acts, whose hands do the long work, where files go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeVar

from django.utils.translation import gettext as _

from marketplace.accounts.actors import actor_of
from marketplace.accounts.person.selectors import people_visible_to
from marketplace.core import Actor, Door
from marketplace.demo.story.cast import Part

CLOCKWORK: Final = Actor.system(Door.COMMAND)
"""Who looks up what there is, and founds the centre."""

Thing = TypeVar("Thing")


class StoryBroken(Exception):
    """The story cannot go on, with a sentence that says what to do."""


@dataclass(frozen=True)
class Glimpse:
    """How far long work is at this moment: a share from 0 to 1, and what is being done."""

    share: float
    doing: str
    is_over: bool


class Hands(Protocol):
    """Whoever seals, reacts and works while a step waits."""

    def work_until(self, look: Callable[[], Glimpse]) -> None:
        """Work, or let others work, until what is looked at is over.

        Raises:
            StoryBroken: nothing moves any more.
        """


@dataclass(frozen=True)
class Stage:
    """Where the story is played.

    `rows` is how many rows of the survey are used, None for all. `passwords` are those of the
    people by their addresses. `folder` is where the buyer keeps what was delivered. `letter_to`
    reads the last letter to an address, "" while there is none.
    """

    hands: Hands
    passwords: Mapping[str, str]
    folder: Path
    letter_to: Callable[[str], str]
    rows: int | None = None

    def actor(self, part: Part) -> Actor:
        """Return a person of the story as an actor, with the roles held at this moment."""
        person = people_visible_to(CLOCKWORK).filter(email=part.email).first()
        return actor_of(the(person), door=Door.COMMAND)


def the(found: Thing | None) -> Thing:
    """Return what an earlier step has made.

    Raises:
        StoryBroken: somebody has changed it since.
    """
    if found is None:
        raise StoryBroken(
            _(
                "Something that the story made was changed since, so it cannot go on from there. "
                "Start over: make clean-demo, then make demo."
            )
        )
    return found
