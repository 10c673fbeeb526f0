from uuid import UUID

from marketplace.core import Actor, visible
from marketplace.trading.orders.contract import selectors
from marketplace.web.api import DocumentView


class ContractFile(DocumentView):
    """The signed document of a contract, byte for byte, for `verify.py` without the centre.

    Save it as it comes: a JSON library writes other bytes, which are refused. Before both sides
    have signed it is answered 409.
    """

    operation = "get_contract_file"
    summary = "Save a contract's document"

    def document(self, by: Actor, **ids: UUID) -> bytes:
        return selectors.contract_document(
            visible(selectors.contracts_visible_to(by), pk=ids["pk"])
        )
