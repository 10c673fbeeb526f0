from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed
from marketplace.learning.grounds.locks import Grounds, grounds_of
from marketplace.learning.grounds.rules import check_grounds
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.selectors import is_verdict_withdrawn, standing_version
from marketplace.learning.model.states import MODEL, ModelState


def check_owns(model: TrainedModel, by: Actor) -> None:
    """Refuse who does not act for the model's organization.

    Raises:
        NotAllowed: the actor is no officer of it.
    """
    if not (by.has(Role.OFFICER) and by.acts_for(model.organization_id)):
        raise NotAllowed(_("Only a data officer of its organization uses this model."))


def check_in_use(model: TrainedModel) -> None:
    """Refuse a model that was taken out of use.

    Raises:
        WrongState: it, or the verdict on it, is withdrawn (`model-withdrawn`), or another took its
            place (`model-replaced`).
    """
    check_state(model)
    if is_verdict_withdrawn(model):
        raise _withdrawn()


def check_state(model: TrainedModel) -> None:
    """Refuse a model that is out of use by its own state, whatever became of the verdict on it.

    Raises:
        WrongState: as for `check_in_use`.
    """
    if model.state == ModelState.REPLACED:
        raise WrongState(
            _("Another model took the place of this one, without the rows that went. Use that."),
            code="model-replaced",
        )
    if model.state == ModelState.WITHDRAWN:
        raise _withdrawn()


def _withdrawn() -> WrongState:
    return WrongState(
        _("This model was withdrawn and is not used any more."), code="model-withdrawn"
    )


def check_score_rows(model: TrainedModel, by: Actor, grounds: Grounds | None = None) -> None:
    """Refuse to give rows to a model; `grounds` are those that an act holds.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is withdrawn, or what it rests on does not stand; the code says which.
    """
    check_owns(model, by)
    check_in_use(model)
    check_grounds(grounds or grounds_of(model.version, model.organization))


def check_open_model(model: TrainedModel, by: Actor, grounds: Grounds | None = None) -> None:
    """Refuse to give a model's bytes away, as for `check_score_rows`.

    Raises:
        NotAllowed, WrongState: as there.
    """
    check_score_rows(model, by, grounds)


def check_make_model_asset(model: TrainedModel, by: Actor, grounds: Grounds | None = None) -> None:
    """Refuse to make an asset of a model; `grounds` are those that the act holds.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is an asset already (`model-asset-made`) or withdrawn, or what it rests on
            does not stand; the code says which.
    """
    check_score_rows(model, by, grounds)
    if model.asset_id is not None:
        raise WrongState(
            _("This model is an asset of the catalog already. Its page leads there."),
            code="model-asset-made",
        )


def check_withdraw_model(model: TrainedModel, by: Actor) -> None:
    """Refuse to take a model out of use.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is withdrawn already.
    """
    check_owns(model, by)
    MODEL.check(model, ModelState.WITHDRAWN)


def check_retrain_model(model: TrainedModel, by: Actor) -> DatasetVersion:
    """Return the version on which a model whose data does not stand is trained again.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is out of use; or what it was trained on stands (`nothing-to-forget`), or no
            newer version of the data does (`version-missing`).
    """
    check_owns(model, by)
    check_in_use(model)
    if grounds_of(model.version, model.organization).trouble is None:
        raise WrongState(
            _(
                "What this model was trained on stands, so there is nothing to forget. Train "
                "another model for other data."
            ),
            code="nothing-to-forget",
        )
    version = standing_version(model)
    if version is None:
        raise WrongState(
            _(
                "There is no newer prepared version of this data under a right and a verdict in "
                "force. Desensitize the data anew, without the rows that go, and have it measured."
            ),
            code="version-missing",
        )
    return version


def check_settles(by: Actor) -> None:
    """Refuse who is not the centre's software.

    Raises:
        NotAllowed: somebody else asks.
    """
    if not by.is_system:
        raise NotAllowed(_("Only the centre's own software suspends models."))


ACTS_ON_MODEL: Mapping[str, Rule[TrainedModel]] = MappingProxyType(
    {
        "score_rows": check_score_rows,
        "open_model": check_open_model,
        "retrain_model": check_retrain_model,
        "make_model_asset": check_make_model_asset,
        "withdraw_model": check_withdraw_model,
    }
)


def acts_on_model(model: TrainedModel, by: Actor) -> Allowed:
    return allowed(ACTS_ON_MODEL, model, by)
