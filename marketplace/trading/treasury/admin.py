from django.contrib import admin

from marketplace.trading.treasury.bank.models import BankLine, BankStatement, RepeatedLine
from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_match.models import BankMatch
from marketplace.trading.treasury.batch.models import BatchLine, PayoutBatch
from marketplace.trading.treasury.closing.models import ClosingProposal, DayClosing
from marketplace.trading.treasury.held_line.models import HeldLine
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    Payment,
    ReadOnlyAdmin,
    list_display=("reference", "channel", "amount", "currency", "received_on", "state"),
    list_filter=("state", "channel"),
    search_fields=("reference",),
)

admin.site.register(
    BankStatement,
    ReadOnlyAdmin,
    list_display=("first_on", "last_on", "lines_count", "sha256", "created_at"),
)

admin.site.register(
    BankMatch,
    ReadOnlyAdmin,
    list_display=("line", "disbursement", "state", "said_at"),
    list_filter=("state",),
)

admin.site.register(
    BankLine,
    ReadOnlyAdmin,
    list_display=("booked_on", "reference", "amount", "currency", "balance"),
    search_fields=("reference",),
)

admin.site.register(RepeatedLine, ReadOnlyAdmin, list_display=("line", "first"))

admin.site.register(
    HeldLine,
    ReadOnlyAdmin,
    list_display=("line", "alike", "says", "state"),
    list_filter=("state",),
)

admin.site.register(
    BankItem,
    ReadOnlyAdmin,
    list_display=("line", "kind", "amount", "currency", "booked_on", "state"),
    list_filter=("state", "kind"),
)

admin.site.register(
    BankAccount,
    ReadOnlyAdmin,
    list_display=("organization", "masked", "currency", "state", "in_force_from"),
    list_filter=("state",),
    search_fields=("organization__name",),
)

admin.site.register(
    PayoutBatch,
    ReadOnlyAdmin,
    list_display=("reference", "count", "control_sum", "currency", "execute_on"),
)

admin.site.register(
    BatchLine,
    ReadOnlyAdmin,
    list_display=("batch", "disbursement", "state"),
    list_filter=("state",),
)

admin.site.register(
    Disbursement,
    ReadOnlyAdmin,
    list_display=("kind", "account", "amount", "currency", "state", "created_at"),
    list_filter=("state", "kind"),
)

admin.site.register(
    ClosingProposal,
    ReadOnlyAdmin,
    list_display=("day", "transfers", "digest", "state", "created_at"),
    list_filter=("state",),
)

admin.site.register(
    DayClosing, ReadOnlyAdmin, list_display=("day", "transfers", "digest", "created_at")
)
