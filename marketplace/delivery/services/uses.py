"""What programs take: opened after every check, counted against the quota, summed by day."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.catalog.version.projections import Projection
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.locking import locked, visible
from marketplace.delivery.bought import quota_of
from marketplace.delivery.events import UsesSummed
from marketplace.delivery.models import Grant, Use, UseDay, UseKind
from marketplace.delivery.modes import stored_bytes
from marketplace.delivery.rules import check_active, check_delivered
from marketplace.delivery.selectors import (
    days_to_sum,
    grants_visible_to,
    rows_left,
    seconds_to_wait,
)
from marketplace.delivery.standing import refuse_unless_open
from marketplace.ledger.services.recording import record
from marketplace.trading.orders.order.services import mark_delivered
from marketplace.vault.reading import SeekableDecrypted

RATE_USED = "rate-used"


@dataclass(frozen=True)
class OpenedRows:
    """A table from which a program may take rows now; `left` is None without a quota."""

    grant: Grant
    projection: Projection
    file: SeekableDecrypted
    left: int | None


@transaction.atomic
def open_rows(grant_id: UUID, *, by: Actor) -> OpenedRows:
    """Open the table of a grant for one request; the first one marks its order delivered.

    Everything is asked anew, as for a download. The caller closes the file.

    Raises:
        NotFound: there is no such grant among those the actor may see.
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: as for `open_download`; or the data is delivered in another way
            (`another-mode`), or every row of the quota was taken (`quota-used`).
    """
    grant = visible(grants_visible_to(by), pk=grant_id)
    refuse_unless_open(grant, by=by)
    check_delivered(grant, lambda mode: mode.name == "api")
    left = rows_left(grant)
    if left is not None and left <= 0:
        raise _quota_used(grant)
    file = stored_bytes(grant)
    try:
        mark_delivered(grant.order_id, by=Actor.system(by.door))
    except BaseException:
        file.close()
        raise
    return OpenedRows(grant, Projection.from_json(grant.projection), file, left)


@transaction.atomic
def record_use(
    grant_id: UUID, *, key_id: UUID, kind: UseKind, rows: int, size: int, by: Actor
) -> Use:
    """Count an answer that is about to be sent; what goes beyond the quota is not sent.

    Raises:
        NotFound: there is no such grant among those the actor may see.
        WrongState: the grant ended meanwhile, others took the last rows (`quota-used`), or the
            programs of the grant asked too often (`rate-used`).
    """
    grant = locked(grants_visible_to(by), pk=grant_id)
    check_active(grant, by)
    # Programs that asked at the same moment wait for the grant's row, and are counted here.
    if seconds_to_wait(grant_id) is not None:
        raise WrongState(
            _("The programs of this grant asked too often in the last minute. Wait and ask again."),
            code=RATE_USED,
        )
    left = rows_left(grant)
    if left is not None and rows > left:
        raise _quota_used(grant) if left <= 0 else _quota_too_small(rows, left)
    return Use.objects.create(
        grant=grant, key_id=key_id, kind=kind, rows=rows, size=size, day=clock.today()
    )


def sum_uses(*, by: Actor) -> list[UUID]:
    """Add up the uses of each grant on each day that is over, and tell the ledger; return which.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software adds up what was used."))
    summed = []
    for day in days_to_sum(before=clock.today()):
        with transaction.atomic():
            grant = locked(grants_visible_to(by), pk=day.grant_id)
            row, is_new = UseDay.objects.get_or_create(
                grant=grant,
                day=day.day,
                defaults={"calls": day.calls, "rows": day.rows, "size": day.size},
            )
            if is_new:
                record(
                    UsesSummed(
                        subject=f"grant:{grant.pk}",
                        about=grant.concerns,
                        day=day.day.isoformat(),
                        calls=day.calls,
                        rows=day.rows,
                        size=day.size,
                    ),
                    by=by,
                )
                summed.append(row.pk)
    return summed


def _quota_used(grant: Grant) -> WrongState:
    quota = quota_of(grant)
    if quota is None or quota.anew_on is None:
        sentence = _(
            "Every row of the quota was taken. Agree on a larger one by amending the contract."
        )
    else:
        sentence = _(
            "Every row of this month's quota was taken. It begins anew on %(day)s; or agree on a "
            "larger one by amending the contract."
        ) % {"day": date_format(quota.anew_on)}
    return WrongState(sentence, code="quota-used")


def _quota_too_small(rows: int, left: int) -> WrongState:
    sentence = _(
        "This would take %(rows)d rows, and %(left)d of the quota are left. Agree on a larger one "
        "by amending the contract."
    )
    return WrongState(sentence % {"rows": rows, "left": left}, code="quota-used")
