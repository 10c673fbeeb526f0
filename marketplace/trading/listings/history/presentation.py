"""Say what changed in a revision."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from marketplace.trading.listings.history.selectors import PublicRevision
from marketplace.trading.listings.revision.models import RevisionDifference


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


def in_words(told: PublicRevision) -> str:
    """Return one sentence of a revision for a list that shows nothing else."""
    rows = number_format(told.revision.version.rows, force_grouping=True)
    sentences = [_("%(rows)s rows") % {"rows": rows}, *changes_in_words(told.difference)]
    if told.was_late:
        sentences.append(_("It was late"))
    return "; ".join(sentences)
