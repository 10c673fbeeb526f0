"""States that follow from the ledger: what the last act recorded of a row says what state it has.

A row's state is read off its facts again and compared, so nothing more is kept with an act.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from marketplace.ledger.binding import CHUNK, compare_also
from marketplace.ledger.facts import Fact
from marketplace.ledger.models import Entry

States = frozenset[str]
Effect = Callable[[Mapping[str, Any], list[States]], States | None]
"""From what a fact says, and the states before it, the states it may lead to; None: no change."""


@dataclass(frozen=True)
class Followed:
    """Rows whose `state` follows from facts about `noun:id`, those that mention it included."""

    model: type[models.Model]
    noun: str
    effects: Mapping[str, Effect]
    is_mentioned: bool


FOLLOWED: dict[type[models.Model], Followed] = {}
"""What follows from the ledger, by model."""


def to(*states: str) -> Effect:
    """Return the effect of a fact that leads to a state, or to one of several."""
    return lambda _payload, _before: frozenset(states)


def follow(
    model: type[models.Model],
    noun: str,
    effects: Mapping[type[Fact], Effect],
    *,
    is_mentioned: bool = False,
) -> None:
    """Say which facts lead to which states of a model, the fact that makes a row among them."""
    by_kind = {fact.kind: effect for fact, effect in effects.items()}
    FOLLOWED[model] = Followed(model, noun, by_kind, is_mentioned)
    compare_also({model: ["state"]}, lambda: _faults_of(FOLLOWED[model]))


def _faults_of(followed: Followed) -> Iterator[str]:
    last = _last_states(followed)
    rows = followed.model._base_manager.order_by("pk").values_list("pk", "state")
    for pk, state in rows.iterator(chunk_size=CHUNK):
        subject = f"{followed.noun}:{pk}"
        states, entry = last.pop(subject, (None, 0))
        about = {"thing": subject, "state": state, "entry": entry}
        if states is None:
            yield _("%(thing)s is in the database, and no act set it.") % about
        elif state not in states:
            yield (
                _("The state “%(state)s” of %(thing)s is not what entry %(entry)d led to.") % about
            )
    for subject, (_states, entry) in last.items():
        about = {"thing": subject, "entry": entry}
        yield _("%(thing)s, of which entry %(entry)d tells, is gone from the database.") % about


def _last_states(followed: Followed) -> dict[str, tuple[States, int]]:
    """Return what each row's facts come to, with the entry that said so last."""
    before: dict[str, list[States]] = defaultdict(list)
    last: dict[str, tuple[States, int]] = {}
    prefix = f"{followed.noun}:"
    entries = Entry.objects.filter(stray=None, kind__in=followed.effects).order_by("pk")
    rows = entries.values_list("pk", "kind", "subject", "about", "payload", "happened_at")
    for pk, kind, subject, about, payload, happened_at in rows.iterator(chunk_size=CHUNK):
        told = {**payload, "happened_at": happened_at}
        for each in (subject, *(about if followed.is_mentioned else ())):
            if not each.startswith(prefix):
                continue
            states = followed.effects[kind](told, before[each])
            if states is not None:
                before[each] = [*before[each][-1:], states]
                last[each] = states, pk
    return last
