from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from marketplace.core import StateMachine
from marketplace.core.choices import named_in_api


@named_in_api()
class PersonRequestState(TextChoices):
    RECEIVED = "received", pgettext_lazy("person request", "Identity to be proved")
    PROVED = "proved", pgettext_lazy("person request", "Waiting for the holder's answer")
    UNPROVEN = "unproven", pgettext_lazy("person request", "Closed: identity not proved")
    ANSWERED = "answered", pgettext_lazy("person request", "Answered")
    REFUSED = "refused", pgettext_lazy("person request", "Refused with reasons")
    GRANTED = "granted", pgettext_lazy("person request", "Granted, waiting for the centre")
    CONFIRMED = "confirmed", pgettext_lazy("person request", "Rows leave the next version")
    LEFT = "left", pgettext_lazy("person request", "The rows have left")


PERSON_REQUEST: StateMachine[PersonRequestState] = StateMachine(
    "person request",
    PersonRequestState,
    {
        PersonRequestState.RECEIVED: {PersonRequestState.PROVED, PersonRequestState.UNPROVEN},
        PersonRequestState.PROVED: {
            PersonRequestState.ANSWERED,
            PersonRequestState.REFUSED,
            PersonRequestState.GRANTED,
        },
        PersonRequestState.GRANTED: {PersonRequestState.CONFIRMED},
        PersonRequestState.CONFIRMED: {PersonRequestState.LEFT},
    },
)
WAITING = (
    PersonRequestState.RECEIVED,
    PersonRequestState.PROVED,
    PersonRequestState.GRANTED,
    PersonRequestState.CONFIRMED,
)
"""The states in which somebody has something to do, by a last day."""
SEARCHED_IN = (PersonRequestState.PROVED, PersonRequestState.GRANTED)
"""The states in which the centre's software looks for the person's rows: once in each."""
