"""A clock that a journey moves, in the served site as in the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from marketplace.core import clock


class MovingClock:
    """How many days the site's clock is away from the real one."""

    days = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the clock of this thread there."""
        with clock.stopped_at(timezone.now() + timedelta(days=self.days)):
            yield


CLOCK = MovingClock()


def clock_middleware(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return each request at the moment that the journey has reached."""

    def at_that_moment(request: HttpRequest) -> HttpResponse:
        with CLOCK.held():
            return answer(request)

    return at_that_moment


@pytest.fixture
def moving_clock(settings: LazySettings) -> Iterator[MovingClock]:
    """Yield a clock that stands at the present; asked for before the site is served."""
    settings.MIDDLEWARE = [f"{__name__}.clock_middleware", *settings.MIDDLEWARE]
    CLOCK.days = 0
    yield CLOCK
    CLOCK.days = 0
