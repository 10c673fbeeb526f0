from marketplace.trading.books.account.models import Account, AccountKind
from marketplace.trading.books.transfer.models import Transfer, TransferKind

__all__ = ["Account", "AccountKind", "Transfer", "TransferKind"]
