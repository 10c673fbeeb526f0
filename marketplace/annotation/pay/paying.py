"""Move the money of a labelling project: called by acts, in their transactions."""

from marketplace.annotation.batch.models import Batch
from marketplace.annotation.pay.models import Funding, LabelPay
from marketplace.annotation.project.models import LabellingProject
from marketplace.trading.books.account.models import Account, AccountKind
from marketplace.trading.books.account.services import Holder, accounts_for
from marketplace.trading.books.transfer.models import TransferKind
from marketplace.trading.books.transfer.services import Posting, book


def set_aside(funding: Funding) -> None:
    """Move an amount of what the owner earned by sales to the account of the project.

    Raises:
        WrongState: the account does not hold it (`balance-too-low`).
    """
    project = funding.project
    payer, held = accounts_for(
        project.currency,
        Holder(AccountKind.SELLER, project.organization_id, None),
        Holder(AccountKind.HELD, None, project.pk),
    )
    cause = f"funding:{funding.pk}"
    posting = Posting(TransferKind.SET_ASIDE, payer, held, funding.amount, cause)
    book([posting], belongs_to=None)


def pay_for(batch: Batch, items: int) -> LabelPay:
    """Pay the organization of a batch's annotator for so many accepted items."""
    project = batch.annotator.project
    amount = project.price * items
    held, paid = accounts_for(
        project.currency,
        Holder(AccountKind.HELD, None, project.pk),
        Holder(AccountKind.SELLER, batch.annotator.organization_id, None),
    )
    posting = Posting(TransferKind.WAGE, held, paid, amount, f"batch:{batch.pk}:wage")
    book([posting], belongs_to=None)
    return LabelPay.objects.create(
        batch=batch,
        organization_id=batch.annotator.organization_id,
        items=items,
        price=project.price,
        amount=amount,
        currency=project.currency,
    )


def give_back(project: LabellingProject) -> None:
    """Move what a project has not spent back to the account of its owner."""
    held, owner = accounts_for(
        project.currency,
        Holder(AccountKind.HELD, None, project.pk),
        Holder(AccountKind.SELLER, project.organization_id, None),
    )
    left = Account.objects.select_for_update().get(pk=held.pk).balance
    cause = f"labelling:{project.pk}:unspent"
    book([Posting(TransferKind.UNSPENT, held, owner, left, cause)], belongs_to=None)
