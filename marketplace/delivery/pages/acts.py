"""Every act on a grant, of whichever noun it is."""

from collections.abc import Mapping
from types import MappingProxyType

from marketplace.core import Actor, Allowed, Rule, allowed
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.rules import (
    check_look_at_codebook,
    check_make_grant_key,
    check_open_download,
    check_open_report,
    check_revoke_grant,
    check_score_with_grant,
)
from marketplace.delivery.sandbox.rules import check_ask_question

ACTS_ON_GRANT: Mapping[str, Rule[Grant]] = MappingProxyType(
    {
        "open_download": check_open_download,
        "look_at_codebook": check_look_at_codebook,
        "open_report": check_open_report,
        "ask_question": check_ask_question,
        "score_with_grant": check_score_with_grant,
        "score_table_with_grant": check_score_with_grant,
        "make_grant_key": check_make_grant_key,
        "revoke_grant": check_revoke_grant,
    }
)


def acts_on_grant(grant: Grant, by: Actor, *names: str) -> Allowed:
    """Return which acts on a grant are open to the actor: all of them, or those named."""
    return allowed({name: ACTS_ON_GRANT[name] for name in names or ACTS_ON_GRANT}, grant, by)
