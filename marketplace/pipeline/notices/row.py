"""One row a notice: the facts that it follows, to whom, what it says, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from marketplace.accounts.models import Person
from marketplace.ledger.facts import Fact
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import Email, Group, NoticeKind, Words
from marketplace.notices.readers import Reader
from marketplace.notices.services import notify
from marketplace.pipeline.things import PIPELINE, page_of, title_of


@dataclass(frozen=True)
class Audience:
    """People who are notified of an entry, and what they are to the notices.

    `people` gets the entry and the subject that the notice is about.
    """

    readers: frozenset[Reader]
    people: Callable[[Entry, str], Iterable[Person]]

    def from_stage(self, stage: int) -> Audience:
        """Return the same audience, notified once a reminder has reached a stage."""
        return replace(self, people=partial(_at_stage, self, stage))


def _at_stage(audience: Audience, stage: int, entry: Entry, subject: str) -> Iterable[Person]:
    return audience.people(entry, subject) if entry.payload["stage"] >= stage else ()


@dataclass(frozen=True, kw_only=True)
class Row:
    """A notice. Called with an entry, it is the reaction that writes it.

    facts: what it follows. when: of which entries, all if not said. about: the subject it is about,
    the entry's own if not said. page: an address, that of the subject's page if not said.
    parameters: what fills title and body besides `thing`, which is what the subject is called.
    """

    name: str
    facts: tuple[type[Fact], ...]
    to: tuple[Audience, ...]
    label: Words
    title: Words
    body: Words
    group: Group
    email: Email = Email.UNLESS_DECLINED
    when: Callable[[Entry], bool] = lambda _entry: True
    about: Callable[[Entry], str] = lambda entry: entry.subject
    page: Callable[[Entry], str] | None = None
    parameters: Callable[[Entry], dict[str, str]] = lambda _entry: {}

    @property
    def __name__(self) -> str:
        return f"notify_{self.name}"

    @property
    def kind(self) -> NoticeKind:
        """Return what the notices have to know of it."""
        return NoticeKind(
            code=self.name,
            label=self.label,
            title=self.title,
            body=self.body,
            group=self.group,
            readers=frozenset[Reader]().union(*(audience.readers for audience in self.to)),
            email=self.email,
        )

    def __call__(self, entry: Entry) -> None:
        """Notify everybody of the audiences, each once."""
        if not self.when(entry):
            return
        subject = self.about(entry)
        thing = title_of(subject)
        notify(
            people=chain.from_iterable(each.people(entry, subject) for each in self.to),
            kind=self.name,
            subject=subject,
            parameters=({"thing": thing} if thing else {}) | self.parameters(entry),
            url=self.page(entry) if self.page else page_of(subject),
            by=PIPELINE,
        )
