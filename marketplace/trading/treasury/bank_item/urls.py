from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.treasury.bank_item import views
from marketplace.trading.treasury.bank_item.selectors import bank_items_visible_to
from marketplace.trading.treasury.bank_item.serializers import BankItemOut
from marketplace.trading.treasury.bank_item.services import (
    confirm_reversal,
    propose_reversal,
    reject_bank_item,
    reject_reversal,
)
from marketplace.web.act_pages import act_page, form_page, thing_page
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    thing_page(
        "money/bank-items/<uuid:pk>/",
        bank_items_visible_to,
        views.bank_item_page,
        name="bank_item_detail",
    ),
    form_page(
        "money/bank-items/<uuid:pk>/reject/",
        reject_bank_item,
        done=_("Rejected. Nothing was booked, and the line can be named anew."),
        onto="bank_item_detail",
        again=views.bank_item_page,
        of=bank_items_visible_to,
        name="bank_item_reject",
    ),
    form_page(
        "money/bank-items/<uuid:pk>/propose-reversal/",
        propose_reversal,
        done=_("The reversal waits for a second finance officer. Until then the line is booked."),
        onto="bank_item_detail",
        again=views.bank_item_page,
        of=bank_items_visible_to,
        name="reversal_propose",
    ),
    act_page(
        "money/bank-items/<uuid:pk>/confirm-reversal/",
        confirm_reversal,
        name="reversal_confirm",
        done=_("Reversed. The line has no place in the books any more, and can be named anew."),
        onto="bank_item_detail",
    ),
    form_page(
        "money/bank-items/<uuid:pk>/reject-reversal/",
        reject_reversal,
        done=_("Rejected. The line stays booked."),
        onto="bank_item_detail",
        again=views.bank_item_page,
        of=bank_items_visible_to,
        name="reversal_reject",
    ),
]

api_patterns = [
    list_view(
        "bank-items/",
        bank_items_visible_to,
        operation="list_bank_items",
        gives=BankItemOut,
        summary="List lines of the bank's own",
        about="Fees, interest and corrections of the bank, for the centre.",
    ),
    thing_view(
        "bank-items/<uuid:pk>/",
        bank_items_visible_to,
        operation="get_bank_item",
        gives=BankItemOut,
        summary="Get a line of the bank's own",
        about="What a line of the bank's own is, its value date and the day of the books.",
    ),
    act_view(
        "bank-items/<uuid:pk>/reject/",
        reject_bank_item,
        scope=Scope.ADMINISTER,
        gives=BankItemOut,
        summary="Reject a line of the bank's own",
        about="Say that a line is something else, with a reason; nothing was booked.",
    ),
    act_view(
        "bank-items/<uuid:pk>/propose-reversal/",
        propose_reversal,
        scope=Scope.ADMINISTER,
        gives=BankItemOut,
        summary="Propose to reverse a line of the bank's own",
        about="Say, with a reason, that a line was booked as what it is not.",
    ),
    act_view(
        "bank-items/<uuid:pk>/confirm-reversal/",
        confirm_reversal,
        scope=Scope.ADMINISTER,
        gives=BankItemOut,
        summary="Reverse a line of the bank's own",
        about=(
            "Take back what was booked of a line, as a second finance officer. The counter booking "
            "stands on the first open day, and the line may be named anew."
        ),
    ),
    act_view(
        "bank-items/<uuid:pk>/reject-reversal/",
        reject_reversal,
        scope=Scope.ADMINISTER,
        gives=BankItemOut,
        summary="Reject the reversal of a line of the bank's own",
        about="Say, with a reason, that a line was booked rightly; it stays booked.",
    ),
]
