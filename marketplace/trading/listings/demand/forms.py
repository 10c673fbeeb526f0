from marketplace.core.arguments import argument_of
from marketplace.trading.listings.demand.services import Wish, post_demand
from marketplace.web.taking import ActForm, form_field


class DemandForm(ActForm):
    """What a buyer looks for. The key makes a form that is sent twice one request."""

    takes = Wish
    request_key = form_field(argument_of(post_demand, "request_key"))
