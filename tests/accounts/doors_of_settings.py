"""The acts on the centre's settings and announcements, and who is answered what there."""

from __future__ import annotations

from tests.given import centre as given
from tests.given.access import SIGN_IN, Access
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World

SERVICES = "accounts.setting.services"
FEE = {
    "kind": "fee",
    "rate": "0.03",
    "effective_on": given.first_day().isoformat(),
    "reason": given.REASON,
}
ANNOUNCED = given.TEXTS | {"until": given.tomorrow().isoformat()}


def nothing(world: World) -> Things:
    """Need nothing."""
    return {}


def proposed(world: World) -> Things:
    """Return a fee that waits."""
    return {"pk": given.proposed_fee(world).pk}


def waiting(world: World) -> Things:
    """Let a fee wait, which the page of all of them shows."""
    given.proposed_fee(world)
    return {}


def dropped(world: World) -> Things:
    """Return a fee that was dropped."""
    return {"pk": given.dropped_fee(world).pk}


def announced(world: World) -> Things:
    """Return what stands on every page."""
    return {"pk": given.announced(world).pk}


CASES = [
    DoorCase(
        act=f"{SERVICES}.propose_setting",
        given=nothing,
        actor="administrator",
        page=to("setting_propose", FEE),
        api=to("api_propose_setting", FEE),
        fact="accounts.setting_proposed",
        scope="administer",
        not_allowed="reviewer",
        again="already",
        only="It is proposed for the centre, which everybody sees.",
    ),
    DoorCase(
        act=f"{SERVICES}.confirm_setting",
        given=proposed,
        actor="administrator",
        page=to("setting_confirm"),
        api=to("api_confirm_setting"),
        fact="accounts.setting_confirmed",
        scope="administer",
        not_allowed="second_administrator",
        not_visible="stranger",
        wrong_state=dropped,
        admin=("admin:accounts_centresetting_changelist", "confirm"),
    ),
    DoorCase(
        act=f"{SERVICES}.drop_setting",
        given=proposed,
        actor="administrator",
        page=to("setting_drop", {"reason": "Postponed."}),
        api=to("api_drop_setting", {"reason": "Postponed."}),
        fact="accounts.setting_dropped",
        scope="administer",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=dropped,
    ),
    DoorCase(
        act=f"{SERVICES}.announce",
        given=nothing,
        actor="administrator",
        page=to("announcement_make", ANNOUNCED),
        api=to("api_announce", ANNOUNCED),
        fact="accounts.announcement_made",
        scope="administer",
        not_allowed="reviewer",
        again="already",
        only="It is announced to everybody.",
    ),
    DoorCase(
        act=f"{SERVICES}.end_announcement",
        given=announced,
        actor="second_administrator",
        page=to("announcement_end"),
        api=to("api_end_announcement"),
        fact="accounts.announcement_ended",
        scope="administer",
        not_allowed="reviewer",
        not_visible="stranger",
        again="already",
        admin=("admin:accounts_announcement_changelist", "end"),
    ),
]
ROWS = [
    Access("centre_settings", SIGN_IN, 403, 403, 200, waiting, is_page=True),
    Access("setting_detail", SIGN_IN, 404, 404, 200, proposed, is_page=True),
    Access("api_list_centre_settings", 401, 200, 200, 200),
    Access("api_get_centre_setting", 401, 404, 404, 200, proposed),
    Access("api_list_announcements", 401, 200, 200, 200),
    Access("api_get_announcement", 401, 200, 200, 200, announced),
]
