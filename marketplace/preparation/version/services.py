"""Open raw values of a version with a reason that is recorded."""

import hashlib
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.version.selectors import columns_of
from marketplace.core import Actor, Invalid, longest_of
from marketplace.core.arguments import Choice, Column, Text, refused
from marketplace.ledger.services.recording import record
from marketplace.preparation.version.events import RawRowsOpened
from marketplace.preparation.version.locks import locked_source
from marketplace.preparation.version.models import Look, LookReason
from marketplace.preparation.version.rules import check_open_look
from marketplace.preparation.version.selectors import look_in_force
from marketplace.preparation.version.values import MOST_SHOWN_ROWS

REASON = Choice(
    label=gettext_lazy("Why do you look at raw values?"),
    choices=LookReason,
    nothing=gettext_lazy("Choose a reason"),
)
NOTE = Text(
    label=gettext_lazy("What for, in your words"),
    help=gettext_lazy("Name nobody. Needed for another reason; welcome for each."),
    longest=longest_of(Look, "note"),
)
COLUMN = Column()


@transaction.atomic
def open_look(
    version_id: UUID,
    *,
    reason: Annotated[str, REASON],
    note: Annotated[str, NOTE] = "",
    column: Annotated[str, COLUMN] = "",
    by: Actor,
) -> Look:
    """Open a few raw rows, or all values of a column, to the actor for half an hour.

    While it lasts, the same for the same reason is the same look.

    Raises:
        NotFound: there is no such source version among those the actor may see.
        NotAllowed: the actor may not see raw values of this data.
        WrongState: the raw data was destroyed.
        Invalid: no reason is given, another one is not written, or there is no such column.
    """
    version = locked_source(version_id, by=by)
    check_open_look(version, by)
    assert by.person_id is not None, "Nobody looks who is not signed in."
    note = note.strip()
    _check(reason, note)
    places = {each.name: str(each.position) for each in columns_of(version)}
    if column and column not in places:
        sentence = _("This version has no such column.")
        raise Invalid(sentence, fields={"column": [sentence]})
    lasting = look_in_force(version, column=column, by=by)
    if lasting is not None and (lasting.reason, lasting.note) == (reason, note):
        return lasting
    names = [column] if column else list(places)
    look = Look.objects.create(
        version=version,
        person_id=by.person_id,
        columns=names,
        is_whole_column=bool(column),
        rows=version.rows if column else min(MOST_SHOWN_ROWS, version.rows),
        reason=reason,
        note=note,
    )
    record(
        RawRowsOpened(
            subject=f"version:{version.pk}",
            about=(
                f"look:{look.pk}",
                f"dataset:{version.dataset_id}",
                f"organization:{version.dataset.organization_id}",
            ),
            columns=tuple(places[name] for name in names),
            rows=look.rows,
            reason=look.reason,
            note_sha256=hashlib.sha256(note.encode()).hexdigest() if note else "",
        ),
        by=by,
    )
    return look


def _check(reason: str, note: str) -> None:
    fields = refused(open_look, reason=reason, note=note)
    if reason == LookReason.OTHER and not note:
        fields["note"] = [_("Write for which reason you look.")]
    if fields:
        raise Invalid(_("Raw values are opened with a reason. See the fields."), fields=fields)
