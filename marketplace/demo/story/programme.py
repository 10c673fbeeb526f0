"""The whole story, chapter by chapter."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from marketplace.demo.story.cast import BUYER, CLERK
from marketplace.demo.story.daily_weather import WEATHER
from marketplace.demo.story.desks import desks, last_desk
from marketplace.demo.story.feeding import feeding
from marketplace.demo.story.ferries import FERRIES
from marketplace.demo.story.labelling import labelling
from marketplace.demo.story.member_purchases import MEMBER_PURCHASES
from marketplace.demo.story.opening import opening
from marketplace.demo.story.past import DAYS
from marketplace.demo.story.scoring import scoring
from marketplace.demo.story.selling import selling
from marketplace.demo.story.sharing import sharing
from marketplace.demo.story.shelving import to_market
from marketplace.demo.story.survey import SURVEY
from marketplace.demo.story.survey_copy import SURVEY_COPY
from marketplace.demo.story.telling import Chapter
from marketplace.demo.story.training import INCOMES, training
from marketplace.demo.story.year import the_year

PURPOSE: Final = "收入保险精算表 Actuarial tables for income insurance"


PAST: Final = (
    opening(),
    *the_year(),
    Chapter(
        _("Ferry passengers come to market every week"),
        (*to_market(FERRIES), *feeding()),
        days_ago=DAYS,
    ),
    desks(),
)
"""What is played before today, without a loop or a worker beside it."""
STORY: Final = (
    *PAST,
    Chapter(_("A survey about people comes to market"), to_market(SURVEY)),
    Chapter(_("Weather data comes to market"), to_market(WEATHER)),
    Chapter(_("A synthetic copy of the survey comes to market"), to_market(SURVEY_COPY)),
    Chapter(_("Purchases of members come to market by consent"), to_market(MEMBER_PURCHASES)),
    Chapter(_("The survey is sold and delivered"), selling(SURVEY, BUYER, CLERK, PURPOSE)),
    Chapter(_("A model is trained on the survey"), training(SURVEY, INCOMES)),
    Chapter(_("Citizens' messages are labelled by people"), labelling()),
    Chapter(_("A model of the messages is sold as scoring"), scoring()),
    Chapter(_("The labelled set is sold, and its income shared"), sharing()),
    last_desk(),
)
