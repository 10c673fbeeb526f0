"""What is owed, came in, or goes out."""

from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import Email, Group
from marketplace.pipeline.notices import matters
from marketplace.pipeline.notices.audiences import (
    ACCOUNT_KEEPERS,
    ACCOUNT_OWNERS,
    CLOSING_PROPOSER,
    HELD_PROPOSER,
    IMPORTER,
    ITEM_PROPOSER,
    PAYERS,
    PROPOSER,
    SECOND_PERSONS,
    SELLERS,
    TREASURERS,
)
from marketplace.pipeline.notices.row import Row
from marketplace.trading.orders.contract.events import ContractSigned
from marketplace.trading.orders.promise.events import MissedCredited, RevisionMissed
from marketplace.trading.orders.settlement.events import (
    ChargeOpened,
    ChargeOverdue,
    ChargePaid,
    ChargePartlyPaid,
    PaymentCredited,
    PaymentHeld,
)
from marketplace.trading.treasury.bank.events import StatementImported, StatementRejected
from marketplace.trading.treasury.bank_account.events import (
    BankAccountConfirmed,
    BankAccountProved,
    BankAccountStated,
    BankAccountWithdrawn,
)
from marketplace.trading.treasury.bank_item.events import BankItemProposed, BankItemRejected
from marketplace.trading.treasury.closing.events import ClosingProposed, ClosingRejected
from marketplace.trading.treasury.held_line.events import HeldLineProposed, HeldLineRejected
from marketplace.trading.treasury.payment.events import PaymentReceived, PaymentRecorded
from marketplace.trading.treasury.payout.events import (
    DisbursementApproved,
    DisbursementProposed,
    DisbursementRejected,
)

ROWS = (
    Row(
        name="charge_opened",
        facts=(ChargeOpened,),
        to=(PAYERS,),
        parameters=matters.amount_and_day,
        label=_("Amount to be paid"),
        title=_("“%(thing)s”: %(amount)s to be paid by %(day)s"),
        body=_("The invoice and the payment reference stand on the order's page."),
        group=Group.MONEY,
        email=Email.ALWAYS,
    ),
    Row(
        name="charge_overdue",
        facts=(ChargeOverdue,),
        to=(PAYERS, SELLERS.from_stage(2), TREASURERS.from_stage(3)),
        parameters=matters.amount_and_day,
        label=_("Payment overdue"),
        title=_("“%(thing)s”: %(amount)s overdue since %(day)s"),
        body=_(
            "Until it is paid the data does not open to the buyer. The payment reference "
            "stands on the order's page."
        ),
        group=Group.MONEY,
        email=Email.ALWAYS,
    ),
    Row(
        name="revision_missed",
        facts=(RevisionMissed,),
        to=(PAYERS, SELLERS),
        parameters=matters.missed_credit,
        label=_("Promised revision missed"),
        title=_("“%(thing)s”: no later revision by %(day)s"),
        body=_("By the contract %(amount)s is credited for it; the order's page says when."),
        group=Group.MONEY,
        email=Email.ALWAYS,
    ),
    Row(
        name="missed_credited",
        facts=(MissedCredited,),
        to=(PAYERS, SELLERS),
        parameters=matters.missed_credit,
        label=_("Credit for a missed revision"),
        title=_("“%(thing)s”: %(amount)s credited for the revision missed on %(day)s"),
        body=_(
            "It is taken off the bills to come, and stands on the buyer's account where there are "
            "none; the credit note says which."
        ),
        group=Group.MONEY,
        email=Email.ON_WISH,
    ),
    Row(
        name="payment_awaited",
        facts=(ContractSigned,),
        to=(TREASURERS,),
        when=matters.is_paid_first,
        about=matters.order_subject,
        label=_("Payment awaited"),
        title=_("A payment for “%(thing)s” is awaited"),
        body=_("The contract is concluded. Confirm the payment once the money has come in."),
        group=Group.MONEY,
        email=Email.ON_WISH,
    ),
    Row(
        name="payment_arrived",
        facts=(PaymentHeld, ChargePaid),
        to=(PAYERS,),
        parameters=matters.amount(),
        label=_("Payment arrived"),
        title=_("Your payment of %(amount)s for “%(thing)s” has arrived"),
        body=_("The order's page says what it paid and what is still open."),
        group=Group.MONEY,
    ),
    Row(
        name="payment_in_part",
        facts=(ChargePartlyPaid,),
        to=(PAYERS,),
        parameters=matters.amount("still_open"),
        label=_("Payment arrived in part"),
        title=_("“%(thing)s”: a part of your payment has arrived, %(amount)s are still open"),
        body=_("Nothing opens before the rest has come too. The order's page says how to pay it."),
        group=Group.MONEY,
        email=Email.ALWAYS,
    ),
    Row(
        name="payment_credited",
        facts=(PaymentCredited,),
        to=(PAYERS, TREASURERS),
        parameters=matters.amount(),
        label=_("Overpayment"),
        title=_("“%(thing)s”: %(amount)s more was paid than was due"),
        body=_(
            "It stands as the buyer's credit: the buyer may set it off on an order's page, and the "
            "centre returns it on request."
        ),
        group=Group.MONEY,
    ),
    Row(
        name="payment_held",
        facts=(PaymentHeld,),
        to=(SELLERS,),
        label=_("Payment held"),
        title=_("The payment for “%(thing)s” is held"),
        body=_("The centre holds the money until the delivery is accepted."),
        group=Group.MONEY,
    ),
    Row(
        name="further_payment",
        facts=(ChargePaid,),
        to=(SELLERS,),
        parameters=matters.amount(),
        label=_("Further payment of a buyer"),
        title=_("The buyer of “%(thing)s” paid a further %(amount)s"),
        body=_("The order's page says whether it is held or released."),
        group=Group.MONEY,
        email=Email.ON_WISH,
    ),
    Row(
        name="payment_recorded",
        facts=(PaymentRecorded,),
        to=(TREASURERS,),
        parameters=matters.amount(),
        label=_("Recorded payment to be confirmed"),
        title=_("A payment of %(amount)s was recorded by hand and has to be confirmed"),
        body=_("Look it up at the bank, then confirm or reject it. Nothing opens before that."),
        group=Group.MONEY,
    ),
    Row(
        name="statement_imported",
        facts=(StatementImported,),
        to=(TREASURERS,),
        label=_("Bank statement to be confirmed"),
        title=_("A bank statement was imported and has to be confirmed"),
        body=_("Compare it with the bank's own pages. Nothing of it is booked before that."),
        group=Group.MONEY,
    ),
    Row(
        name="statement_rejected",
        facts=(StatementRejected,),
        to=(IMPORTER,),
        label=_("Bank statement rejected"),
        title=_("A bank statement that you imported was rejected"),
        body=_("Its page says why. Correct the file, and import it again."),
        group=Group.MONEY,
    ),
    Row(
        name="bank_item_proposed",
        facts=(BankItemProposed,),
        to=(TREASURERS,),
        parameters=matters.amount(),
        label=_("Line of the bank's own to be booked"),
        title=_("A bank line of %(amount)s is said to be the bank's own"),
        body=_("Look at the line at the bank, then book it or reject it."),
        group=Group.MONEY,
    ),
    Row(
        name="bank_item_rejected",
        facts=(BankItemRejected,),
        to=(ITEM_PROPOSER,),
        label=_("Line of the bank's own rejected"),
        title=_("What you said a bank line is was rejected"),
        body=_("Its page says why. Nothing was booked; name the line anew."),
        group=Group.MONEY,
    ),
    Row(
        name="held_line_proposed",
        facts=(HeldLineProposed,),
        to=(TREASURERS,),
        label=_("Held bank line to be confirmed"),
        title=_("Somebody said whether a held bank line is told twice"),
        body=_("Look at both lines at the bank, then confirm what was said or reject it."),
        group=Group.MONEY,
    ),
    Row(
        name="held_line_rejected",
        facts=(HeldLineRejected,),
        to=(HELD_PROPOSER,),
        label=_("What was said of a held bank line rejected"),
        title=_("What you said of a held bank line was rejected"),
        body=_("Its page says why. The line stays held; compare it again."),
        group=Group.MONEY,
    ),
    Row(
        name="closing_proposed",
        facts=(ClosingProposed,),
        to=(TREASURERS,),
        label=_("Day to be closed by a second finance officer"),
        title=_("The books of %(thing)s wait to be closed"),
        body=_("Compare its totals with the bank, then close the day or leave it open."),
        group=Group.MONEY,
    ),
    Row(
        name="closing_rejected",
        facts=(ClosingRejected,),
        to=(CLOSING_PROPOSER,),
        label=_("Day left open"),
        title=_("The books of %(thing)s, which you proposed to close, were left open"),
        body=_("Its page says why. Correct the books, and propose the day again."),
        group=Group.MONEY,
    ),
    Row(
        name="payment_unallocated",
        facts=(PaymentReceived,),
        to=(TREASURERS,),
        parameters=matters.amount(),
        label=_("Payment to be allocated"),
        title=_("A payment of %(amount)s fits nothing that is owed"),
        body=_("Allocate it to what it was meant for, or propose its return."),
        group=Group.MONEY,
    ),
    Row(
        name="bank_account_stated",
        facts=(BankAccountStated,),
        to=(ACCOUNT_KEEPERS,),
        label=_("Bank account stated"),
        title=_("A bank account was stated for “%(thing)s”"),
        body=_(
            "Your organization's money shall go there once a transfer from it proved it. If nobody "
            "of you did this, withdraw it on its page, and change your passwords."
        ),
        group=Group.MONEY,
        email=Email.ALWAYS,
    ),
    Row(
        name="bank_account_proved",
        facts=(BankAccountProved,),
        to=(ACCOUNT_KEEPERS,),
        parameters=matters.day("in_force_from"),
        label=_("Bank account proved"),
        title=_("The money of “%(thing)s” goes to another bank account from %(day)s"),
        body=_(
            "A second owner may put it in force at once. If this is not your organization's "
            "account, withdraw it on its page before that day."
        ),
        group=Group.MONEY,
        email=Email.ALWAYS,
    ),
    Row(
        name="bank_account_withdrawn",
        facts=(BankAccountWithdrawn, BankAccountConfirmed),
        to=(ACCOUNT_KEEPERS,),
        label=_("Bank account changed"),
        title=_("A bank account of “%(thing)s” was withdrawn or confirmed"),
        body=_("Its page says which, and who did so."),
        group=Group.MONEY,
        email=Email.ALWAYS,
    ),
    Row(
        name="disbursement_proposed",
        facts=(DisbursementProposed,),
        to=(SECOND_PERSONS,),
        parameters=matters.amount_of_disbursement,
        label=_("Outgoing money waits for a second person"),
        title=_("%(amount)s shall go out: a second person decides"),
        body=_(
            "Compare it with the order or account that it comes from, then approve or reject it."
        ),
        group=Group.MONEY,
    ),
    Row(
        name="disbursement_decided",
        facts=(DisbursementApproved, DisbursementRejected),
        to=(PROPOSER,),
        parameters=matters.amount_of_disbursement,
        label=_("Outgoing money decided on"),
        title=_("A second person decided on the %(amount)s that you proposed to move out"),
        body=_("Its page says how, and why where it was rejected."),
        group=Group.MONEY,
        email=Email.ON_WISH,
    ),
    Row(
        name="money_refunded",
        facts=(DisbursementApproved,),
        to=(PAYERS, SELLERS),
        when=matters.is_refund,
        about=matters.order_subject,
        parameters=matters.amount(),
        label=_("Money refunded"),
        title=_("%(amount)s for “%(thing)s” went back to the buyer"),
        body=_("The credit note stands on the order's page."),
        group=Group.MONEY,
    ),
    Row(
        name="money_paid_out",
        facts=(DisbursementApproved,),
        to=(ACCOUNT_OWNERS,),
        when=matters.is_payout,
        page=matters.account_page,
        parameters=matters.amount(),
        label=_("Money paid out"),
        title=_("%(amount)s of your organization's money was paid out"),
        body=_("It is on its way to your bank account. The statement shows it."),
        group=Group.MONEY,
    ),
)
