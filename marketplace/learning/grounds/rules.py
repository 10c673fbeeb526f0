"""Refuse what does not stand on a right in force and a verdict that lets it out."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from marketplace.core import WrongState
from marketplace.learning.grounds.choices import Trouble
from marketplace.learning.grounds.locks import Grounds

SENTENCES: Mapping[Trouble, Promise] = {
    Trouble.RIGHT: gettext_lazy(
        "There is no certificate of the operating right over this data. Claim the right and have "
        "it certified."
    ),
    Trouble.FROZEN: gettext_lazy(
        "The right over this data is frozen, so nothing is trained on it and no model of it is "
        "used. Settle that first."
    ),
    Trouble.EXPIRED: gettext_lazy("The right over this data is not in date. Claim the right anew."),
    Trouble.ROWS: gettext_lazy(
        "A person withdrew rows that this data was made with, so nothing is trained on it and no "
        "model of it is used. Desensitize the data anew without them, and train the model again on "
        "that."
    ),
    Trouble.VERDICT: gettext_lazy(
        "No risk report in force lets this version out. Desensitize the data and have it measured."
    ),
    Trouble.RETIRED: gettext_lazy(
        "The dataset is out of use, and so are the models that were trained on it."
    ),
    Trouble.UPSTREAM: gettext_lazy(
        "The data was made from other data that may not be used now. Its lineage says which."
    ),
}


def check_grounds(grounds: Grounds) -> None:
    """Refuse to go on where right, verdict or origins do not stand.

    Raises:
        WrongState: with the code of what is wrong.
    """
    check_trouble(grounds.trouble)


def check_trouble(trouble: Trouble | None) -> None:
    """Refuse to go on where there is trouble.

    Raises:
        WrongState: with its code.
    """
    if trouble is not None:
        raise WrongState(str(SENTENCES[trouble]), code=trouble.value)
