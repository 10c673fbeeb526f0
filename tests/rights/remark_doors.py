"""The doors of remarks."""

from __future__ import annotations

from tests.given import rights as given
from tests.given.doors import DoorCase, to
from tests.given.remarks import COURT, judicially_frozen, proposed_freeze
from tests.rights.reached import cancelled_certificate
from tests.rights.senders import a

FREEZE = {"kind": "judicial_freeze", **COURT}

REMARKS = (
    DoorCase(
        act="rights.entry.services.enter_remark",
        given=a(given.certified),
        actor="reviewer",
        page=to("certificate_remark", FREEZE),
        api=to("api_enter_remark", FREEZE),
        fact="rights.remark_proposed",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(cancelled_certificate),
        again="already",
    ),
    DoorCase(
        act="rights.entry.services.decide_remark",
        given=a(proposed_freeze),
        actor="second_reviewer",
        page=to("remark_decide", {"is_confirmed": "yes"}),
        api=to("api_decide_remark", {"is_confirmed": True}),
        fact="rights.remark_made",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(judicially_frozen),
    ),
    DoorCase(
        act="rights.entry.services.lift_remark",
        given=a(judicially_frozen),
        actor="reviewer",
        page=to("remark_lift", COURT),
        api=to("api_lift_remark", COURT),
        fact="rights.lifting_proposed",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(proposed_freeze),
    ),
)
