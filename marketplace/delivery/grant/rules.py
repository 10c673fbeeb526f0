from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.core import Actor, NotAllowed, WrongState, clock
from marketplace.delivery.grant.bought import licence_ends_at
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.selectors import copy_of_order
from marketplace.delivery.grant.states import GRANT, GrantState
from marketplace.learning.model.answering import check_model_stands
from marketplace.preparation.release.models import Copy
from marketplace.trading.listings.gate.refusals import check_stands
from marketplace.trading.listings.mode.base import Opening
from marketplace.trading.listings.product.policies import may_offer
from marketplace.trading.orders.delivery.access import ENDED, check_usable
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import sides_of
from marketplace.trading.orders.order.states import OrderState


def may_download(by: Actor, grant: Grant) -> bool:
    """The buyers of the organization that bought read the data; nobody else, whoever they are."""
    return by.has(Role.BUYER) and by.acts_for(grant.organization_id)


def may_read_answers(by: Actor, grant: Grant) -> bool:
    """Whoever belongs to the organization that asked reads its answers; nobody else."""
    return by.acts_for(grant.organization_id)


def may_retry_copy(by: Actor, order: Order) -> bool:
    """The seller's officers and the centre's reviewers have a copy written again."""
    return _reviews(by, order) or may_offer(by, order.listing.organization_id)


def may_revoke(by: Actor, order: Order) -> bool:
    """A reviewer of the centre takes access back: neither side of a contract can."""
    return _reviews(by, order)


def _reviews(by: Actor, order: Order) -> bool:
    return by.has(Role.REVIEWER) and not by.belongs_to(*sides_of(order))


def check_reads(grant: Grant, by: Actor) -> None:
    """Refuse who is not the buyer.

    Raises:
        NotAllowed: the actor is no buyer of the organization that bought.
    """
    if not may_download(by, grant) or by.person_id is None:
        raise NotAllowed(_("Only the buyer can open this data."))


def check_read_answers(grant: Grant, by: Actor) -> None:
    """Refuse to show what a sandbox answered.

    Raises:
        NotAllowed: the actor does not belong to the organization that asked.
    """
    if not may_read_answers(by, grant):
        raise NotAllowed(_("Only who asked reads the answers."))


def check_active(grant: Grant, by: Actor) -> None:
    """Refuse a grant that is over, by itself or with the contract it rests on.

    Raises:
        WrongState: the contract has ended (`contract-ended`), or the grant is revoked
            (`grant-revoked`) or expired (`grant-expired`).
    """
    if grant.order.state in ENDED:
        raise WrongState(
            _("The contract has ended, and the access with it. The order's page says why."),
            code="contract-ended",
        )
    if grant.state == GrantState.REVOKED:
        raise WrongState(
            _("The centre revoked this access. The reason stands on the grant's page."),
            code="grant-revoked",
        )
    # The grant follows an amendment a moment later; a licence that was shortened ends at once.
    if grant.state == GrantState.EXPIRED or not (
        clock.now() < min(grant.expires_at, licence_ends_at(grant))
    ):
        raise WrongState(
            _("The licence has run out. Order the data anew to use it longer."),
            code="grant-expired",
        )


def check_copy_stands(copy: Copy) -> None:
    """Refuse a copy whose own risk report does not count.

    Raises:
        WrongState: it is out of date (`risk-expired`), or did not pass (`risk-failed`).
    """
    if not copy.passed:
        raise WrongState(_("The risk of this copy is too high to let it out."), code="risk-failed")
    if copy.valid_until is None or copy.valid_until < clock.today():
        raise WrongState(
            _("The risk report of this copy is out of date. Ask the seller for a new copy."),
            code="risk-expired",
        )


def check_use(grant: Grant, by: Actor) -> None:
    """Refuse to open bought data.

    Raises:
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: the grant is over, the order is in dispute or overdue, the listing is suspended,
            or a proof does not stand; the code says which.
    """
    check_reads(grant, by)
    check_active(grant, by)
    check_usable(grant.order)
    check_stands(grant.listing, grant.revision_id)
    if grant.version.is_model:
        check_model_stands(grant.version_id)
    if grant.copy is not None:
        check_copy_stands(grant.copy)


def check_delivered(grant: Grant, opening: Opening) -> None:
    """Refuse another act than the one by which the data of a grant is opened.

    Raises:
        WrongState: it is delivered in another way (`another-mode`).
    """
    if grant.delivery.opened_by != opening:
        raise WrongState(
            _("This data is delivered in another way. See how on the grant's page."),
            code="another-mode",
        )


def check_open_download(grant: Grant, by: Actor) -> None:
    """Refuse to send the bytes of a grant, as `check_use` does, or where there is no file."""
    check_use(grant, by)
    check_delivered(grant, Opening.DOWNLOAD)


def check_codebook(grant: Grant) -> None:
    """Refuse a codebook of what holds no rows.

    Raises:
        WrongState: no rows are delivered.
    """
    if not grant.delivery.rows_leave or grant.version.is_model:
        raise WrongState(_("No rows are delivered here, so that they need no codebook."))


def check_look_at_codebook(grant: Grant, by: Actor) -> None:
    """Refuse to say what the columns of a grant mean, as `check_use` and `check_codebook` do."""
    check_use(grant, by)
    check_codebook(grant)


def check_open_report(grant: Grant, by: Actor) -> None:
    """Refuse to open a report, as `check_use` does, or where another thing was bought."""
    check_use(grant, by)
    check_delivered(grant, Opening.REPORT)


def check_tries_scoring(grant: Grant, by: Actor) -> None:
    """Refuse to show the form of a row to who is not the buyer, or where another thing was bought.

    Raises:
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: it is delivered in another way (`another-mode`).
    """
    check_reads(grant, by)
    check_delivered(grant, Opening.SCORE)


def check_score_with_grant(grant: Grant, by: Actor) -> None:
    """Refuse to give rows to a model, as `check_use` does, or where another thing was bought."""
    check_use(grant, by)
    check_delivered(grant, Opening.SCORE)


def check_make_grant_key(grant: Grant, by: Actor) -> None:
    """Refuse to make a key for programs.

    Raises:
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: the grant is over, or its mode of delivery has no keys (`no-key-needed`).
    """
    if not may_download(by, grant) or by.person_id is None:
        raise NotAllowed(_("Only the buyer can make a key to this data."))
    check_active(grant, by)
    if not grant.delivery.takes_key:
        raise WrongState(
            _("This data needs no key. The grant's page says how to get it."),
            code="no-key-needed",
        )


def check_revoke_grant(grant: Grant, by: Actor) -> None:
    """Refuse to take access back.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the grant is over already.
    """
    if not may_revoke(by, grant.order):
        raise NotAllowed(_("Only a reviewer of the centre can revoke access."))
    GRANT.check(grant, GrantState.REVOKED)


def check_has_copy_written(order: Order, by: Actor) -> None:
    """Refuse who has no copies written.

    Raises:
        NotAllowed: the actor is neither an officer of the seller nor a reviewer of the centre.
    """
    if not may_retry_copy(by, order):
        raise NotAllowed(
            _("Only the seller's officers and the centre's reviewers have a copy written again.")
        )


def written_copy(order: Order) -> Copy:
    """Return the copy that is written for the buyer of an order.

    Raises:
        WrongState: nothing is written for it (`no-copy`).
    """
    copy = copy_of_order(order.pk)
    if copy is None:
        raise WrongState(
            _("Nothing is written for this order: the data is delivered as it is."), code="no-copy"
        )
    return copy


def check_retry_copy(order: Order, by: Actor) -> None:
    """Refuse to have a buyer's copy written again.

    Raises:
        NotAllowed: the actor is neither an officer of the seller nor a reviewer of the centre.
        WrongState: nothing is written for the order (`no-copy`), a worker is at it
            (`copy-under-way`), the copy was measured already (`copy-measured`), or the order no
            longer waits for it (`copy-not-awaited`).
    """
    check_has_copy_written(order, by)
    copy = written_copy(order)
    if not copy.run.is_final:
        raise WrongState(_("The copy is being written. Wait for it."), code="copy-under-way")
    if copy.passed is not None:
        raise WrongState(
            _(
                "The copy was written and measured; written again it would be the same. Where its "
                "risk is too high, end the order or agree on another part."
            ),
            code="copy-measured",
        )
    if order.state != OrderState.PAID:
        raise WrongState(
            _("This order no longer waits for its copy. Its page says how it stands."),
            code="copy-not-awaited",
        )
