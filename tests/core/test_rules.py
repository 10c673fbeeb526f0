"""A rule is asked once for the act and once for whoever offers it."""

from __future__ import annotations

from django.template import Context, Template

from marketplace.core.actor import Actor, Door
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.rules import allowed


def check_open(thing: str, by: Actor) -> None:
    """Refuse by state."""
    if thing != "closed":
        raise WrongState("It is open already.", code="opened")


def check_close(thing: str, by: Actor) -> str:
    """Refuse by right."""
    if not by.is_system:
        raise NotAllowed("Ask the centre.")
    return thing


RULES = {"open_it": check_open, "close_it": check_close}


def test_acts_are_open_or_say_why_not() -> None:
    acts = allowed(RULES, "open", Actor.system(Door.TASK))
    assert dict(acts) == {"open_it": False, "close_it": True}
    assert acts.why == {"open_it": "It is open already."}
    assert acts.as_json() == {
        "open_it": {"allowed": False, "code": "opened", "detail": "It is open already."},
        "close_it": {"allowed": True},
    }


def test_templates_read_them() -> None:
    acts = allowed(RULES, "open", Actor.system(Door.TASK))
    page = Template("{% if acts.close_it %}close{% endif %}{% if acts.open_it %}open{% endif %}")
    assert page.render(Context({"acts": acts})) == "close"
    reason = Template("{{ acts.why.open_it }}")
    assert reason.render(Context({"acts": acts})) == "It is open already."
