from marketplace.trading.treasury.bank.models import BankLine, BankStatement, RepeatedLine
from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.trading.treasury.batch.models import BatchLine, PayoutBatch
from marketplace.trading.treasury.closing.models import ClosingProposal, DayClosing
from marketplace.trading.treasury.held_line.models import HeldLine
from marketplace.trading.treasury.payment.models import Payment, PaymentChannel
from marketplace.trading.treasury.payout.models import Disbursement, DisbursementKind

__all__ = [
    "BankAccount",
    "BankItem",
    "BankLine",
    "BankMatch",
    "BankStatement",
    "BatchLine",
    "ClosingProposal",
    "DayClosing",
    "Disbursement",
    "DisbursementKind",
    "HeldLine",
    "Payment",
    "PaymentChannel",
    "PayoutBatch",
    "RepeatedLine",
]
