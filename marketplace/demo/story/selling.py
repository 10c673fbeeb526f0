"""A buyer orders the data, pays for it, receives and accepts it."""

import hashlib
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import clock
from marketplace.delivery.grant.events import DownloadOpened, GrantIssued
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.ranges import ByteRange
from marketplace.delivery.grant.services import open_download
from marketplace.demo.story.cast import SECOND_TREASURER, TREASURER, Part
from marketplace.demo.story.findings import grant_of, listing_of, order_of, organization_of
from marketplace.demo.story.goods import Goods
from marketplace.demo.story.stage import CLOCKWORK, Glimpse, Stage, StoryBroken, the
from marketplace.demo.story.telling import Done, Step
from marketplace.trading.books.models import TransferKind
from marketplace.trading.orders.approval.events import ApprovalAsked, SigningApproved
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.approval.selectors import approvals_visible_to
from marketplace.trading.orders.approval.services import approve_signing, ask_contract_approval
from marketplace.trading.orders.contract.events import ContractSigned
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.selectors import contract_of
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.delivery.services import accept_delivery
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.order.events import OrderAccepted, OrderCompleted, OrderPlaced
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.events import PaymentHeld
from marketplace.trading.orders.settlement.selectors import open_charge_of, transfers_of
from marketplace.trading.orders.signature.services import sign_contract
from marketplace.trading.treasury.payment.services import confirm_statement, import_statement
from marketplace.web.templatetags.market import money

REQUESTS = 3
NOTHING = Decimal(0)
UNPAID = (OrderState.PLACED, OrderState.ACCEPTED, OrderState.SIGNED)


def selling(goods: Goods, buyer: Part, clerk: Part, purpose: str) -> tuple[Step, ...]:
    """Return the steps from the order to the released money; the buyer's clerk signs for it."""
    return (
        Step(
            gettext_lazy("The buyer orders"),
            partial(look_ordered, goods, buyer),
            partial(order, goods, buyer, purpose),
        ),
        Step(
            gettext_lazy("The seller accepts the order"),
            partial(look_accepted, goods, buyer),
            partial(accept, goods, buyer),
        ),
        Step(
            gettext_lazy("The seller signs the contract"),
            partial(look_signed_by_seller, goods, buyer),
            partial(sign, goods, buyer, goods.officer),
        ),
        Step(
            gettext_lazy("The buyer's clerk asks to sign above the limit"),
            partial(look_asked, goods, buyer),
            partial(ask, goods, buyer, clerk),
        ),
        Step(
            gettext_lazy("The buyer's owner approves"),
            partial(look_approved, goods, buyer),
            partial(approve, goods, buyer),
        ),
        Step(
            gettext_lazy("The clerk signs the contract for the buyer"),
            partial(look_signed_by_buyer, goods, buyer),
            partial(sign, goods, buyer, clerk),
        ),
        Step(
            gettext_lazy("The centre's treasurer imports the bank's statement"),
            partial(look_paid, goods, buyer),
            partial(pay, goods, buyer),
        ),
        Step(
            gettext_lazy("The centre grants access"),
            partial(look_granted, goods, buyer),
            partial(grant, goods, buyer),
        ),
        Step(
            gettext_lazy("The buyer downloads the data and checks its digest"),
            partial(look_downloaded, goods, buyer),
            partial(download, goods, buyer),
        ),
        Step(
            gettext_lazy("The buyer accepts the delivery"),
            partial(look_completed, goods, buyer),
            partial(complete, goods, buyer),
        ),
    )


def look_ordered(goods: Goods, buyer: Part, stage: Stage) -> Done | None:
    placed = order_of(goods, buyer)
    return Done(placed.purpose, f"order:{placed.pk}", OrderPlaced) if placed else None


def order(goods: Goods, buyer: Part, purpose: str, stage: Stage) -> None:
    place_order(
        the(listing_of(goods)).pk,
        purpose=purpose,
        request_key=uuid4().hex,
        by=stage.actor(buyer),
    )


def look_accepted(goods: Goods, buyer: Part, stage: Stage) -> Done | None:
    """Look for the contract that the acceptance has frozen."""
    placed = the(order_of(goods, buyer))
    contract = contract_of(placed)
    if contract is None:
        return None
    return Done(
        _("contract %(digest)s…") % {"digest": contract.digest[:12]},
        f"order:{placed.pk}",
        OrderAccepted,
    )


def accept(goods: Goods, buyer: Part, stage: Stage) -> None:
    accept_order(the(order_of(goods, buyer)).pk, by=stage.actor(goods.officer))


def look_signed_by_seller(goods: Goods, buyer: Part, stage: Stage) -> Done | None:
    contract = _contract(goods, buyer)
    return _signed(contract, goods.officer) if contract.seller_signed_at else None


def look_signed_by_buyer(goods: Goods, buyer: Part, stage: Stage) -> Done | None:
    contract = _contract(goods, buyer)
    return _signed(contract, buyer) if contract.buyer_signed_at else None


def look_asked(goods: Goods, buyer: Part, stage: Stage) -> Done | None:
    """Look for the question of the buyer's clerk."""
    asked = _approval(goods, buyer)
    if asked is None or asked.sum is None:
        return None
    return Done(money(asked.sum, asked.currency), f"signing_approval:{asked.pk}", ApprovalAsked)


def ask(goods: Goods, buyer: Part, clerk: Part, stage: Stage) -> None:
    """Ask to sign above the limit that the owner has set."""
    ask_contract_approval(_contract(goods, buyer).pk, by=stage.actor(clerk))


def look_approved(goods: Goods, buyer: Part, stage: Stage) -> Done | None:
    """Look whether the buyer's owner has approved."""
    asked = _approval(goods, buyer)
    if asked is None or asked.decided_at is None:
        return None
    return Done(asked.get_state_display(), f"signing_approval:{asked.pk}", SigningApproved)


def approve(goods: Goods, buyer: Part, stage: Stage) -> None:
    """Approve that the clerk signs this text."""
    approve_signing(the(_approval(goods, buyer)).pk, by=stage.actor(buyer))


def sign(goods: Goods, buyer: Part, signer: Part, stage: Stage) -> None:
    """Sign the text whose digest was read."""
    contract = _contract(goods, buyer)
    read = hashlib.sha256(contract.text.encode()).hexdigest()
    sign_contract(
        contract.pk,
        digest=read,
        password=stage.passwords[signer.email],
        by=stage.actor(signer),
    )


def look_paid(goods: Goods, buyer: Part, stage: Stage) -> Done | None:
    """Look whether the money is held."""
    placed = the(order_of(goods, buyer))
    if placed.state in UNPAID:
        return None
    return Done(
        _("%(amount)s %(currency)s held by the centre")
        % {"amount": f"{placed.price:,}", "currency": placed.currency},
        f"order:{placed.pk}",
        PaymentHeld,
    )


def pay(goods: Goods, buyer: Part, stage: Stage) -> None:
    """Import and confirm the bank's statement on which the payment stands."""
    placed = the(order_of(goods, buyer))
    charge = the(open_charge_of(placed))
    line = (
        f"DEMO-{placed.pk.hex[:12].upper()}",
        clock.today().isoformat(),
        str(charge.amount),
        charge.currency,
        charge.reference,
    )
    content = "\n".join(("transaction_id,booked_on,amount,currency,text", ",".join(line), ""))
    imported = import_statement(content=content.encode(), by=stage.actor(TREASURER))
    confirm_statement(imported.pk, by=stage.actor(SECOND_TREASURER))


def look_granted(goods: Goods, buyer: Part, stage: Stage) -> Done | None:
    """Look for the access that the pipeline has granted."""
    granted = grant_of(goods, buyer)
    if granted is None:
        return None
    return Done(
        _("until %(day)s") % {"day": granted.expires_at.date().isoformat()},
        f"grant:{granted.pk}",
        GrantIssued,
    )


def grant(goods: Goods, buyer: Part, stage: Stage) -> None:
    """Wait for the pipeline."""
    stage.hands.work_until(
        lambda: Glimpse(
            0.0, _("Waiting for the pipeline"), is_over=grant_of(goods, buyer) is not None
        )
    )


def look_downloaded(goods: Goods, buyer: Part, stage: Stage) -> Done | None:
    """Look for the buyer's copy, and compute its digest."""
    granted = the(grant_of(goods, buyer))
    path = copy_of(granted, stage.folder)
    if not path.exists() or _digest(path) != granted.sha256:
        return None
    return Done(
        _("%(size)s bytes, SHA-256 %(digest)s… as granted")
        % {"size": f"{granted.size:,}", "digest": granted.sha256[:12]},
        f"grant:{granted.pk}",
        DownloadOpened,
    )


def download(goods: Goods, buyer: Part, stage: Stage) -> None:
    """Download the data range by range, and compare the digest of what came.

    Raises:
        StoryBroken: other bytes came.
    """
    granted = the(grant_of(goods, buyer))
    path = copy_of(granted, stage.folder)
    stage.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = -(-granted.size // REQUESTS)
    with path.open("wb") as copy:
        for first in range(0, granted.size, part):
            opened = open_download(
                granted.pk,
                byte_range=ByteRange(first, min(first + part, granted.size) - 1),
                by=stage.actor(buyer),
            )
            copy.writelines(opened.pieces())
    if _digest(path) != granted.sha256:
        raise StoryBroken(_("Other bytes were delivered than those that were granted."))


def look_completed(goods: Goods, buyer: Part, stage: Stage) -> Done | None:
    """Look whether the order is over, and where the money went."""
    placed = the(order_of(goods, buyer))
    if placed.state != OrderState.COMPLETED:
        return None
    moved = {transfer.kind: transfer.amount for transfer in transfers_of(placed)}
    return Done(
        _("%(released)s %(currency)s to the seller, %(fee)s %(currency)s fee")
        % {
            "released": f"{moved.get(TransferKind.RELEASE, NOTHING):,}",
            "fee": f"{moved.get(TransferKind.FEE, NOTHING):,}",
            "currency": placed.currency,
        },
        f"order:{placed.pk}",
        OrderCompleted,
    )


def complete(goods: Goods, buyer: Part, stage: Stage) -> None:
    """Accept the delivery, which releases the money."""
    accept_delivery(the(order_of(goods, buyer)).pk, by=stage.actor(buyer))


def copy_of(granted: Grant, folder: Path) -> Path:
    """Return where the buyer keeps what was delivered."""
    return folder / f"delivered-{granted.sha256[:12]}.parquet"


def _contract(goods: Goods, buyer: Part) -> Contract:
    return the(contract_of(the(order_of(goods, buyer))))


def _approval(goods: Goods, buyer: Part) -> SigningApproval | None:
    return approvals_visible_to(CLOCKWORK).filter(contract=_contract(goods, buyer)).first()


def _signed(contract: Contract, signer: Part) -> Done:
    organization = the(organization_of(signer.house))
    return Done(organization.name, f"contract:{contract.pk}", ContractSigned, organization.pk)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
