from marketplace.trading.orders.acts import acts_on_amendment, acts_on_contract, acts_on_order
from marketplace.trading.orders.amendment.serializers import AmendmentOut
from marketplace.trading.orders.contract.serializers import ContractOut
from marketplace.trading.orders.order.serializers import OrderOut
from marketplace.web.serializers import ActsField


class OneOrderOut(OrderOut):
    """An order with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = ActsField(acts_on_order)

    class Meta(OrderOut.Meta):
        fields = (*OrderOut.Meta.fields, "acts")


class OneContractOut(ContractOut):
    """A contract with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = ActsField(acts_on_contract)

    class Meta(ContractOut.Meta):
        fields = (*ContractOut.Meta.fields, "acts")


class OneAmendmentOut(AmendmentOut):
    """An amendment with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = ActsField(acts_on_amendment)

    class Meta(AmendmentOut.Meta):
        fields = (*AmendmentOut.Meta.fields, "acts")
