"""The page of a message, with each attempt to send it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.core import visible
from marketplace.outbound.message.presentation import tries_in_words
from marketplace.outbound.message.rules import acts_on_message
from marketplace.outbound.message.selectors import messages_visible_to, tries_of
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor


@signed_in
def message_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    message = visible(messages_visible_to(by), pk=pk)
    context = {
        "message": message,
        "endpoint": message.endpoint,
        "tries": tries_in_words(tries_of(message), message.endpoint),
        "acts": acts_on_message(message, by),
    }
    return render(request, "outbound/message_detail.html", context)
