from marketplace.delivery.grant.serializers import GrantOut
from marketplace.delivery.pages.acts import acts_on_grant
from marketplace.web.serializers import ActsField


class OneGrantOut(GrantOut):
    """A grant with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_grant)

    class Meta(GrantOut.Meta):
        fields: tuple[str, ...] = (*GrantOut.Meta.fields, "acts")
