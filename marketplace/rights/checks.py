"""The system checks of the designated registry and of the calendar of working days."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured

from marketplace.core import clock
from marketplace.core.months import months_after
from marketplace.core.workdays import calendar, faults_of_calendars
from marketplace.rights.certificate.registry import registry_place


@register()
def check_registry(
    app_configs: Sequence[AppConfig] | None, **options: object
) -> list[CheckMessage]:
    """Report a setting from which no national code can be made, before one is given."""
    try:
        registry_place()
    except ImproperlyConfigured as wrong:
        return [Error(str(wrong), id="rights.E001")]
    return []


@register()
def check_calendar(
    app_configs: Sequence[AppConfig] | None, **options: object
) -> list[CheckMessage]:
    """Report broken calendars, and months before the known years end that the next is missing."""
    found: list[CheckMessage] = [
        Error(fault, hint=HOW_TO, id="rights.E002") for fault in faults_of_calendars()
    ]
    months = int(settings.CENTRE["CALENDAR_WARNING_MONTHS"])
    until = calendar().known_until
    if until is None or months_after(clock.today(), months) > until:
        found.append(
            Warning(
                f"The working days are known until {until} only. Terms that reach beyond are "
                "provisional: nothing follows from their end until the calendar is there.",
                hint=HOW_TO,
                id="rights.W002",
            )
        )
    return found


HOW_TO = "See docs/how-to/bring-in-a-calendar.md."
