from marketplace.trading.orders.bought_sheet.selectors import BoughtSheet
from marketplace.web.bounded import serializers


class BoughtSheetOut(serializers.Serializer[BoughtSheet]):
    """The frozen sheet of what was ordered, with the digest that the contract names."""

    sheet = serializers.DictField()
    sheet_digest = serializers.CharField()
