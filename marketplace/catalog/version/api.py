from typing import Any

from rest_framework.parsers import MultiPartParser

from marketplace.catalog.version import serializers
from marketplace.catalog.version.dictionary import Dictionary, read_dictionary
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class ReadDictionary(ActView):
    """Read what a file says of the columns of the newest source version; nothing is kept.

    What is right of it is sent to the operation that annotates columns.
    """

    takes = serializers.DictionaryIn
    gives = serializers.DictionaryOut
    scope = Scope.TRADE
    changes = False
    parser_classes = (MultiPartParser,)
    summary = "Read a data dictionary"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dictionary:
        return read_dictionary(ids["pk"], upload=data["upload"], by=by)
