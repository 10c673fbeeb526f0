from django.contrib import admin

from marketplace.trading.treasury.bank.models import BankLine, BankMatch, BankStatement
from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.trading.treasury.batch.models import BatchLine, PayoutBatch
from marketplace.trading.treasury.closing.models import DayClosing
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ("reference", "channel", "amount", "currency", "received_on", "state")
    list_filter = ("state", "channel")
    search_fields = ("reference",)


@admin.register(BankStatement)
class BankStatementAdmin(ReadOnlyAdmin):
    list_display = ("first_on", "last_on", "lines_count", "sha256", "created_at")


@admin.register(BankMatch)
class BankMatchAdmin(ReadOnlyAdmin):
    list_display = ("line", "disbursement", "state", "said_at")
    list_filter = ("state",)


@admin.register(BankLine)
class BankLineAdmin(ReadOnlyAdmin):
    list_display = ("booked_on", "reference", "amount", "currency", "balance")
    search_fields = ("reference",)


@admin.register(BankAccount)
class BankAccountAdmin(ReadOnlyAdmin):
    list_display = ("organization", "masked", "currency", "state", "in_force_from")
    list_filter = ("state",)
    search_fields = ("organization__name",)


@admin.register(PayoutBatch)
class PayoutBatchAdmin(ReadOnlyAdmin):
    list_display = ("reference", "count", "control_sum", "currency", "execute_on")


@admin.register(BatchLine)
class BatchLineAdmin(ReadOnlyAdmin):
    list_display = ("batch", "disbursement", "state")
    list_filter = ("state",)


@admin.register(Disbursement)
class DisbursementAdmin(ReadOnlyAdmin):
    list_display = ("kind", "account", "amount", "currency", "state", "created_at")
    list_filter = ("state", "kind")


@admin.register(DayClosing)
class DayClosingAdmin(ReadOnlyAdmin):
    list_display = ("day", "transfers", "digest", "created_at")
