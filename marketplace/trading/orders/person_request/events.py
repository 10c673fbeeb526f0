"""What happens to requests of persons: ids, codes, numbers, digests; nothing of who asks."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class PersonRequestReceived(
    Fact,
    kind="trading.person_request_received",
    label=_("Request of a person received"),
    is_from_anybody=True,
):
    """Somebody asks as the person concerned; their identity is not proved yet."""

    asked: str
    due_on: str


class PersonRequestRecorded(
    Fact,
    kind="trading.person_request_recorded",
    label=_("Request of a person recorded by an officer"),
):
    """An officer of the holder recorded what a person asked, whose identity they saw."""

    asked: str


class PersonIdentityRead(
    Fact, kind="trading.person_identity_read", label=_("Identity of a person read")
):
    """A reviewer opened who a person says to be."""


class PersonIdentityProved(
    Fact, kind="trading.person_identity_proved", label=_("Identity of a person proved")
):
    """The identity of who asks is proved: the holder answers by its last day."""

    due_on: str


class PersonRequestClosed(
    Fact,
    kind="trading.person_request_closed",
    label=_("Request of a person closed: identity not proved"),
):
    """The identity of who asked was not proved."""

    reason_sha256: str


class PersonSearchAsked(
    Fact,
    kind="trading.person_search_asked",
    label=_("Search for rows of a person asked for"),
    in_timelines=False,
):
    """Rows of a person are to be looked for in the holder's source versions."""


class PersonSearched(Fact, kind="trading.person_searched", label=_("Rows of a person searched")):
    """The source versions that are still there were searched, some of which could not be read."""

    versions: int
    unread: int


class PersonRequestGranted(
    Fact, kind="trading.person_request_granted", label=_("Request of a person granted")
):
    """The holder grants what a person asked; a removal the centre confirms by the last day."""

    asked: str
    due_on: str


class PersonRequestRefused(
    Fact, kind="trading.person_request_refused", label=_("Request of a person refused")
):
    """What a person asked is refused with reasons."""

    reason_sha256: str


class PersonRemovalConfirmed(
    Fact, kind="trading.person_removal_confirmed", label=_("Removal of a person's rows confirmed")
):
    """The centre confirmed that rows leave; so many verdicts on data with them were recalled."""

    recalled: int
    due_on: str


class PersonRowsLeft(Fact, kind="trading.person_rows_left", label=_("The person's rows have left")):
    """A version without the rows was made, or nothing is made of the data any more."""


class PersonRequestOverdue(
    Fact, kind="trading.person_request_overdue", label=_("Request of a person overdue")
):
    """The last day of a step has passed: once at each stage."""

    step: str
    stage: int
    due_on: str


class PersonAnswerPickedUp(
    Fact,
    kind="trading.person_answer_picked_up",
    label=_("Answer picked up by the person"),
    is_from_anybody=True,
):
    """Whoever has the reference and one of the identifiers read the answer."""


class PersonIdentityDestroyed(
    Fact, kind="trading.person_identity_destroyed", label=_("Identity of a person destroyed")
):
    """What was kept of who asked is destroyed; of rows that left the keyed codes stay."""
