"""How requests to the API are refused: each status, its kinds, and what it means."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Answer:
    """A way in which a request is refused: the name of its component, its kinds, the first usual.

    refusal: the class of the refusal that acts raise, as their docstrings name it.
    """

    name: str
    kinds: tuple[str, ...]
    refusal: str = ""


REFUSED = {
    400: Answer(
        "Malformed",
        (
            *("malformed", "idempotency-key-missing", "idempotency-key-malformed"),
            *("if-match-not-kept", "unknown-parameter", "header-malformed", "checksum-malformed"),
            "upload-broken",
        ),
    ),
    401: Answer("NotSignedIn", ("not-signed-in",)),
    403: Answer("NotAllowed", ("not-allowed",), "NotAllowed"),
    404: Answer("NotFound", ("not-found",), "NotFound"),
    406: Answer("NotAcceptable", ("not-acceptable",)),
    409: Answer(
        "WrongState",
        ("wrong-state", "idempotency-key-in-use", "idempotency-answer-not-kept"),
        "WrongState",
    ),
    412: Answer("ChangedMeanwhile", ("changed-meanwhile", "tus-version")),
    413: Answer("TooLarge", ("too-large",)),
    415: Answer("UnsupportedMediaType", ("unsupported-media-type", "wrong-type")),
    416: Answer("RangeNotSatisfiable", ("range-not-satisfiable",)),
    422: Answer("Invalid", ("invalid", "idempotency-key-reused"), "Invalid"),
    429: Answer("TooManyRequests", ("too-many-requests",)),
    460: Answer("ChecksumMismatch", ("checksum-mismatch",)),
    503: Answer("Unavailable", ("unavailable",)),
}
"""Every status of a refusal. `fault` (500) is none: nobody can do anything about it."""

WAITS = {429, 503}
"""Statuses that say by `Retry-After` how long to wait."""

MEANINGS = {
    400: _("The request cannot be read, or lacks what every such request carries."),
    401: _("There is no token, or one that does not count any more."),
    403: _("You may see this and not do it, or the token has not the scope that it needs."),
    404: _("There is no such thing, or not for you."),
    406: _("What is asked for by `Accept` is not what is answered here."),
    409: _("It is in a state in which this cannot be done."),
    412: _("Somebody has changed it since it was read."),
    413: _("The body is larger than is taken here."),
    415: _("A body of this type is not taken here."),
    416: _("The range lies beyond the end."),
    422: _("What was sent breaks a rule. `errors` names the fields."),
    429: _("Too much was sent in too short a time. Wait as `Retry-After` says."),
    460: _("The bytes do not have the checksum that was sent with them."),
    503: _("The centre cannot answer at this moment. Wait as `Retry-After` says."),
}


def table() -> str:
    """Return what each status means, as a table of Markdown."""
    rows = [
        f"| {status} | {MEANINGS[status]} | {', '.join(f'`{kind}`' for kind in answer.kinds)} |"
        for status, answer in REFUSED.items()
    ]
    head = f"| {gettext('status')} | {gettext('what it means')} | {gettext('kinds')} |"
    return "\n".join([head, "|---|---|---|", *rows])
