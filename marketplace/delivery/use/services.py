"""Keys are made, replaced and revoked; what they take is counted, summed and billed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.actors import actor_of, refuse_program
from marketplace.accounts.secrets import digest_of, new_secret
from marketplace.catalog.version.projections import Projection
from marketplace.core import Actor, Door, Invalid, NotAllowed, WrongState, clock, locked, visible
from marketplace.core.arguments import Whole
from marketplace.delivery.grant.as_of import AsOf
from marketplace.delivery.grant.bought import quota_of
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.rules import (
    check_active,
    check_delivered,
    check_make_grant_key,
)
from marketplace.delivery.grant.selectors import grant_as_of, grants_visible_to
from marketplace.delivery.grant.standing import refuse_unless_open
from marketplace.delivery.grant.stored import stored_bytes
from marketplace.delivery.use.events import GrantKeyMade, GrantKeyRevoked, UsesSummed
from marketplace.delivery.use.models import GrantKey, Uncounted, Use, UseDay, UseKind
from marketplace.delivery.use.rules import check_revoke_grant_key, check_stops_key
from marketplace.delivery.use.selectors import (
    counted_before,
    days_to_sum,
    key_in_force,
    key_of,
    keys_visible_to,
    months_to_bill,
    rows_left,
    seconds_to_wait,
)
from marketplace.ledger.keeping import KeptAnswers
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.mode.base import Opening
from marketplace.trading.orders.delivery.services import mark_delivered
from marketplace.trading.orders.settlement.services import bill_usage
from marketplace.vault.reading import SeekableDecrypted

PREFIX = "dgk"
LIFE = Whole(
    label=gettext_lazy("Days"),
    help=gettext_lazy(
        "A new key stops the one before at once. At the latest it ends with the licence."
    ),
    least=1,
    most=365,
)


@dataclass(frozen=True)
class IssuedKey:
    """A key with the secret that is shown once."""

    key: GrantKey
    secret: str


@dataclass(frozen=True)
class UsedKey:
    """A key that was shown, and who acts with it."""

    key: GrantKey
    by: Actor


@transaction.atomic
def make_grant_key(grant_id: UUID, *, days: Annotated[int, LIFE] = 90, by: Actor) -> IssuedKey:
    """Make a key for the buyer's programs; an earlier key of the grant stops at once.

    It ends after `days`, or with the licence. The secret is answered once.

    Raises:
        NotFound: there is no such grant among those the actor may see.
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: the grant is over, or its mode of delivery has no keys (`no-key-needed`).
        Invalid: the life is not 1 to 365 days.
    """
    grant = locked(grants_visible_to(by), pk=grant_id)
    check_make_grant_key(grant, by)
    assert by.person_id is not None, "A buyer is signed in."
    if sentence := LIFE.refused(days):
        raise Invalid(sentence, fields={"days": [sentence]})
    now = clock.now()
    earlier = key_of(grant)
    if earlier is not None:
        earlier.revoked_at = now
        earlier.save(update_fields=["revoked_at"])
    secret, digest = new_secret(PREFIX)
    key = GrantKey.objects.create(
        grant=grant,
        person_id=by.person_id,
        digest=digest,
        expires_at=min(now + timedelta(days=days), grant.expires_at),
        with_second_factor=by.passed_second_factor,
    )
    record(
        GrantKeyMade(
            subject=f"grant:{grant.pk}", about=grant.concerns, replaces=earlier is not None
        ),
        by=by,
    )
    return IssuedKey(key, secret)


@transaction.atomic
def revoke_grant_key(key_id: UUID, *, by: Actor) -> GrantKey:
    """Stop a key from opening anything. Revoking it again changes nothing.

    Raises:
        NotFound: there is no such key among those the actor may see.
        NotAllowed: the actor is no buyer of the organization that bought.
    """
    key = locked(keys_visible_to(by), pk=key_id)
    check_stops_key(key, by)
    if key.revoked_at is not None:
        return key
    check_revoke_grant_key(key, by)
    key.revoked_at = clock.now()
    key.save(update_fields=["revoked_at"])
    record(GrantKeyRevoked(subject=f"grant:{key.grant_id}", about=key.grant.concerns), by=by)
    return key


def use_grant_key(secret: str) -> UsedKey | None:
    """Find the key of a secret and note the day of its use.

    Raises:
        NotAllowed: the key was made without the second factor that its person needs, or their
            organization is suspended (`organization-suspended`).
    """
    used = _used.answer(
        digest_of(secret),
        lambda: _used_by(digest_of(secret)),
        keeps=lambda found: found is not None,
    )
    if used is None:
        return None
    key = used.key
    if key.last_used_on != clock.today():
        key.last_used_on = clock.today()
        key.save(update_fields=["last_used_on"])
    return used


_used = KeptAnswers[str, UsedKey | None]()


def _used_by(digest: str) -> UsedKey | None:
    key = key_in_force(digest)
    if key is None:
        return None
    by = actor_of(key.person, door=Door.API, passed_second_factor=key.with_second_factor)
    refuse_program(by)
    return UsedKey(key, by)


# What programs take: opened after every check, counted against the quota, summed by day.

RATE_USED = "rate-used"


@dataclass(frozen=True)
class OpenedRows:
    """A table from which a program may take rows now; `left` is None without a quota."""

    grant: Grant
    projection: Projection
    file: SeekableDecrypted
    left: int | None


@transaction.atomic
def open_rows(
    grant_id: UUID, *, as_of: AsOf = None, delivers: bool = True, by: Actor
) -> OpenedRows:
    """Open the table of a grant for one request; the first that `delivers` marks its order so.

    Everything is asked anew, as for a download. `as_of` is a revision that the grant gave. The
    caller closes the file.

    Raises:
        NotFound: there is no such grant among those the actor may see.
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: as for `open_download`; or the data is delivered in another way
            (`another-mode`).
    """
    grant = grant_as_of(visible(grants_visible_to(by), pk=grant_id), as_of)
    refuse_unless_open(grant, by=by)
    check_delivered(grant, Opening.ROWS)
    file = stored_bytes(grant)
    try:
        left = rows_left(grant)
        if delivers:
            mark_delivered(grant.order_id, by=Actor.system(by.door))
    except BaseException:
        file.close()
        raise
    return OpenedRows(grant, Projection.from_json(grant.projection), file, left)


@dataclass(frozen=True)
class Answered:
    """What a program asked and is given, as digests, and with room for how many rows at most.

    uncounted: why none of its rows counts, where nothing of it is sent.
    """

    question: str
    answer: str
    most: int | None = None
    uncounted: Uncounted | None = None


@transaction.atomic
def record_use(
    grant_id: UUID,
    *,
    key_id: UUID,
    kind: UseKind,
    rows: int,
    size: int,
    answered: Answered,
    by: Actor,
) -> Use:
    """Count an answer that is about to be sent; what goes beyond the quota is not sent.

    The same question with the same answer counts once in 24 hours, whichever key asks: programs
    that ask at the same moment wait here for the grant's row. No row counts of what is not sent.

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
    uncounted = answered.uncounted
    before = counted_before(grant, answered.question).filter(answer=answered.answer)
    if uncounted is None and before.exists():
        uncounted = Uncounted.AGAIN
    left = rows_left(grant)
    if uncounted is None and left is not None and rows > left:
        refuse_beyond_quota(grant, rows, left=left)
    return Use.objects.create(
        grant=grant,
        key_id=key_id,
        kind=kind,
        rows=rows if uncounted is None else 0,
        size=size if uncounted in (None, Uncounted.AGAIN) else 0,
        day=clock.today(),
        uncounted=uncounted or "",
        question=answered.question,
        answer=answered.answer,
        most=answered.most,
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
                defaults={
                    "calls": day.calls,
                    "rows": day.rows,
                    "size": day.size,
                    "uncounted": day.uncounted,
                },
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
                        uncounted=day.uncounted,
                    ),
                    by=by,
                )
                summed.append(row.pk)
    return summed


def refuse_beyond_quota(grant: Grant, rows: int, *, left: int) -> None:
    """Refuse rows of which a quota holds too few.

    Raises:
        WrongState: `quota-used`.
    """
    raise _quota_used(grant) if left <= 0 else _quota_too_small(rows, left)


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


def bill_uses(*, by: Actor) -> list[UUID]:
    """Bill each month that is over, of each order that is paid by use; return the orders.

    A month is billed once, however often this runs.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software bills what it counted."))
    billed = []
    for month in months_to_bill(before=clock.today().replace(day=1)):
        if bill_usage(month.order_id, period=month.period, units=month.units, by=by) is not None:
            billed.append(month.order_id)
    return billed
