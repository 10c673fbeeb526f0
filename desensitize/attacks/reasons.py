"""Why a release gets its verdict, and what was not tried: codes, parameters, English sentences.

Reasons that one attacker alone gives stand in its file. An application translates by `code` and
`parameters`, as it does with errors.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desensitize.words import mark_text


@dataclass(frozen=True)
class Why:
    """A kind of reason: its code, the sentence of reports, and that of pages where it differs.

    The first is filled in by `str.format`, the other by `%` with parameters that are put into
    words: names as `%(column)s`, shares, counts.
    """

    code: str
    sentence: str
    shown: str = ""

    def __call__(self, **parameters: Any) -> "Reason":
        """Return a reason of this kind; parameters hold names, shares, counts, and no cell."""
        return Reason(self, parameters)


@dataclass(frozen=True)
class Reason:
    """Hold one reason."""

    why: Why
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.why.code

    @property
    def sentence(self) -> str:
        """Say the reason in English."""
        return self.why.sentence.format(**self.parameters)

    def as_dict(self) -> dict[str, Any]:
        """Return the reason as plain values."""
        return {"code": self.code, "sentence": self.sentence, "parameters": dict(self.parameters)}


NOTHING_PERSONAL = Why(
    "nothing_personal",
    mark_text("Nothing personal was found in the table, and nothing was declared."),
)
WITHSTANDS = Why(
    "withstands",
    "Every attacker was tried, and none reached more than the limit.",
    mark_text("Every attacker was tried, and none came further than allowed."),
)
REACHED = Why(
    "reached",
    (
        "{attacker}: right in {rate:.1%} of the cases where guessing is right in {control:.1%}; "
        "the excess of {excess:.1%} is above {limit:.1%}."
    ),
    mark_text(
        "%(attacker)s: right in %(rate)s of the cases where mere guessing is right in "
        "%(control)s. That is %(excess)s beyond guessing; %(limit)s is allowed."
    ),
)
TOO_FEW_TRIALS = Why(
    "too_few_trials",
    (
        "{attacker}: the excess may be up to {high:.1%}, above {limit:.1%}; {trials} trials are "
        "too few to say more. If nothing is reached, about {needed} would show it."
    ),
    mark_text(
        "%(attacker)s: up to %(high)s beyond guessing may be possible, and %(limit)s is allowed. "
        "%(trials)s attempts are too few to say more. If nothing can be reached, about "
        "%(needed)s would show it: the data needs more rows in that proportion."
    ),
)
NOT_TRIED = Why(
    "not_tried",
    "{attacker}: not measured. {what}",
    mark_text("%(attacker)s: this could not be tried to the end."),
)
CERTAIN = Why(
    "certain",
    "“{column}”: the value is certain in {share:.1%} of the rows; at most {limit:.1%} are allowed.",
    mark_text("%(column)s can be told for sure in %(share)s of the rows; %(limit)s is allowed."),
)
IDENTIFIERS_REMAIN = Why(
    "identifiers_remain",
    (
        "{columns} can tell one person from another, to whoever holds the key, knows a part, or "
        "reads a name that was left in a text."
    ),
    mark_text(
        "%(columns)s can tell one person from another, to whoever holds the key, knows a part, "
        "or reads a name that was left in a text."
    ),
)
NO_SUCH_ATTACKER = Why(
    "no_such_attacker",
    "There is no such attacker yet.",
    mark_text("Nobody has tried this yet."),
)
NOTHING_READ = Why(
    "nothing_read",
    "No column of the release can be read.",
    mark_text("What the released columns mean was not found out."),
)
NOT_MADE_AGAIN = Why(
    "not_made_again",
    (
        "The release was not made again without a fifth of the people, since no policy says how; "
        "what it tells of those who are in it alone was measured against the other rows of the "
        "source only."
    ),
    mark_text(
        "It could not be made once more without some of the people, so that it was compared with "
        "other rows of the original table only."
    ),
)
UNKNOWN_ORIGIN = Why(
    "unknown_origin",
    "Column “{column}” comes from no column of the source.",
    mark_text("%(column)s comes from no column of the original table."),
)
UNREAD_CELLS = Why(
    "unread_cells",
    "What {rows} cells of column “{column}” mean was not found out.",
    mark_text(
        "What %(rows)s cells of %(column)s mean was not found out, so that they could not be "
        "compared."
    ),
)
SHARED = (
    NOTHING_PERSONAL,
    WITHSTANDS,
    REACHED,
    TOO_FEW_TRIALS,
    NOT_TRIED,
    CERTAIN,
    IDENTIFIERS_REMAIN,
    NO_SUCH_ATTACKER,
    NOTHING_READ,
    NOT_MADE_AGAIN,
    UNKNOWN_ORIGIN,
    UNREAD_CELLS,
)
"""Those that the verdict gives, or more than one attacker."""


def listed(columns: Iterable[str]) -> str:
    """Return names as they stand in a sentence."""
    return ", ".join(f"“{column}”" for column in columns)
