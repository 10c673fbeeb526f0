from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.rules import check_owner
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.lineage.models import Origin
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed


def check_declare_origin(dataset: Dataset, by: Actor) -> None:
    """Refuse to say what a dataset was made from. It may be said at any time: late is not never.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is retired.
    """
    check_owner(dataset, by)
    if dataset.state == DatasetState.RETIRED:
        raise WrongState(_("This dataset is retired: nothing is made of it any more."))


def check_withdraw_origin(origin: Origin, by: Actor) -> None:
    """Refuse to withdraw an origin.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, or declared it.
        WrongState: it is withdrawn already.
    """
    owner_id = origin.dataset.organization_id
    if not is_second("origin", origin.declared_by_id, by, of=(owner_id,)):
        raise NotAllowed(
            _("What was declared as an origin is withdrawn by a reviewer of the centre alone.")
        )
    if origin.withdrawn_at is not None:
        raise WrongState(_("This origin is withdrawn already."))


ACTS_ON_LINEAGE: Mapping[str, Rule[Dataset]] = MappingProxyType(
    {"declare_origin": check_declare_origin}
)
ACTS_ON_ORIGIN: Mapping[str, Rule[Origin]] = MappingProxyType(
    {"withdraw_origin": check_withdraw_origin}
)


def acts_on_lineage(dataset: Dataset, by: Actor) -> Allowed:
    return allowed(ACTS_ON_LINEAGE, dataset, by)


def acts_on_origin(origin: Origin, by: Actor) -> Allowed:
    return allowed(ACTS_ON_ORIGIN, origin, by)
