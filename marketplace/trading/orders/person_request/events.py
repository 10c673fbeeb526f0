"""What happens to requests of persons: ids, codes, numbers, digests; nothing of who asks."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PersonRequestReceived(Fact):
    """Somebody asks as the person concerned; their identity is not proved yet."""

    kind = "trading.person_request_received"
    label = _("Request of a person received")
    is_from_anybody = True
    asked: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class PersonRequestRecorded(Fact):
    """An officer of the holder recorded what a person asked, whose identity they saw."""

    kind = "trading.person_request_recorded"
    label = _("Request of a person recorded by an officer")
    asked: str


@dataclass(frozen=True, kw_only=True)
class PersonIdentityRead(Fact):
    """A reviewer opened who a person says to be."""

    kind = "trading.person_identity_read"
    label = _("Identity of a person read")


@dataclass(frozen=True, kw_only=True)
class PersonIdentityProved(Fact):
    """The identity of who asks is proved: the holder answers by its last day."""

    kind = "trading.person_identity_proved"
    label = _("Identity of a person proved")
    due_on: str


@dataclass(frozen=True, kw_only=True)
class PersonRequestClosed(Fact):
    """The identity of who asked was not proved."""

    kind = "trading.person_request_closed"
    label = _("Request of a person closed: identity not proved")
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class PersonSearchAsked(Fact):
    """Rows of a person are to be looked for in the holder's source versions."""

    kind = "trading.person_search_asked"
    label = _("Search for rows of a person asked for")
    in_timelines = False


@dataclass(frozen=True, kw_only=True)
class PersonSearched(Fact):
    """The source versions that are still there were searched, some of which could not be read."""

    kind = "trading.person_searched"
    label = _("Rows of a person searched")
    versions: int
    unread: int


@dataclass(frozen=True, kw_only=True)
class PersonRequestGranted(Fact):
    """The holder grants what a person asked; a removal the centre confirms by the last day."""

    kind = "trading.person_request_granted"
    label = _("Request of a person granted")
    asked: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class PersonRequestRefused(Fact):
    """What a person asked is refused with reasons."""

    kind = "trading.person_request_refused"
    label = _("Request of a person refused")
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class PersonRemovalConfirmed(Fact):
    """The centre confirmed that rows leave; so many verdicts on data with them were recalled."""

    kind = "trading.person_removal_confirmed"
    label = _("Removal of a person's rows confirmed")
    recalled: int
    due_on: str


@dataclass(frozen=True, kw_only=True)
class PersonRowsLeft(Fact):
    """A version without the rows was made, or nothing is made of the data any more."""

    kind = "trading.person_rows_left"
    label = _("The person's rows have left")


@dataclass(frozen=True, kw_only=True)
class PersonRequestOverdue(Fact):
    """The last day of a step has passed: once at each stage."""

    kind = "trading.person_request_overdue"
    label = _("Request of a person overdue")
    step: str
    stage: int
    due_on: str


@dataclass(frozen=True, kw_only=True)
class PersonAnswerPickedUp(Fact):
    """Whoever has the reference and one of the identifiers read the answer."""

    kind = "trading.person_answer_picked_up"
    label = _("Answer picked up by the person")
    is_from_anybody = True


@dataclass(frozen=True, kw_only=True)
class PersonIdentityDestroyed(Fact):
    """What was kept of who asked is destroyed; of rows that left the keyed codes stay."""

    kind = "trading.person_identity_destroyed"
    label = _("Identity of a person destroyed")
