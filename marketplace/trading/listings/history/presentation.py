"""Say what changed in a revision."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from marketplace.catalog.quality.presentation import change_in_words
from marketplace.trading.listings.history.selectors import PublicRevision
from marketplace.trading.listings.revision.models import RevisionDifference
from marketplace.trading.listings.revision.promises import RevisionRules


def changes_in_words(difference: RevisionDifference | None) -> list[str]:
    """Return what came, changed and went, one sentence each; "" before it was counted."""
    if difference is None:
        return [_("Not compared yet")]
    found = [
        words % {"names": ", ".join(names)}
        for words, names in (
            (_("Columns added: %(names)s"), difference.added_columns),
            (_("Columns removed: %(names)s"), difference.removed_columns),
            (_("Columns of another type: %(names)s"), difference.retyped_columns),
        )
        if names
    ]
    if difference.inserted is None:
        return found
    counts = {
        name: number_format(getattr(difference, name), force_grouping=True)
        for name in ("inserted", "updated", "deleted")
    }
    return [
        *found,
        _("%(inserted)s rows inserted, %(updated)s updated, %(deleted)s deleted") % counts,
    ]


@dataclass(frozen=True)
class RuleChangeLine:
    """What became of a rule, in words, and whether it promises less now."""

    change: str
    key: str
    text: str
    promises_less: bool


def rule_changes(rules: RevisionRules) -> list[RuleChangeLine]:
    """Return what became of each rule since the revision before, in words."""
    return [
        RuleChangeLine(
            change=one.change.value,
            key=one.rule.key,
            text=change_in_words(one, masked=rules.masked),
            promises_less=one.promises_less,
        )
        for one in rules.changes
    ]


def in_words(told: PublicRevision) -> str:
    """Return one sentence of a revision for a list that shows nothing else."""
    rows = number_format(told.revision.version.rows, force_grouping=True)
    sentences = [_("%(rows)s rows") % {"rows": rows}, *changes_in_words(told.difference)]
    sentences += [one.text for one in rule_changes(told.rules)]
    if told.was_late:
        sentences.append(_("It was late"))
    return "; ".join(sentences)
