"""What changed between revisions is told with their rules: page, API, feed, contract, changelog."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from django.urls import reverse

from desensitize.quality import rules_from
from marketplace.catalog.quality.comparing import changes_between, promise_less
from marketplace.catalog.quality.presentation import change_in_words
from marketplace.delivery.grant.models import Grant
from marketplace.outbound.message.models import Message
from marketplace.trading.listings.advance.services import advance_product
from marketplace.trading.listings.listing.models import Listing
from tests.conftest import ApiClients, PageClients
from tests.given import feeds, quality
from tests.given.catalog import NEXT_MONTH
from tests.given.pipeline import catch_up
from tests.given.preparation import masked, next_version, policy_document
from tests.given.quality import rule
from tests.given.receivers import registered
from tests.given.world import World

STRONG = (
    rule("range", "boardings", at_least="0"),
    rule("present", "line"),
    rule("unique", "day", "line"),
)
WEAKER = (
    rule("range", "boardings", at_least="-5"),
    rule("present", "line", severity="warns"),
    rule("volume", tolerance={"share": "0.5"}, severity="warns"),
)
TOLD = [("wider", True), ("warns-only", True), ("removed", True), ("added", False)]


def weakened(world: World) -> Grant:
    """Give a buyer a revision by three rules, and a later one by weaker rules."""
    grant = feeds.followed(world)
    dataset = grant.listing.product.dataset
    quality.set_rules(world, dataset, STRONG)
    live(world, grant.listing)
    quality.set_rules(world, dataset, WEAKER, reason="A gate counts below zero.")
    live(world, grant.listing, boardings=1191)
    catch_up()
    return Grant.objects.get(pk=grant.pk)


def live(world: World, listing: Listing, *, boardings: int = 1190) -> None:
    """Put the next month live, measured by the rules in force."""
    listing.refresh_from_db()
    source = listing.revision.version.parent
    assert source is not None
    newer = next_version(world, source, table=NEXT_MONTH.replace("1190", str(boardings)))
    quality.measured(newer)
    version = masked(world, newer, document=policy_document(source))
    quality.measured(version)
    advance_product(version.pk, by=world.actor("officer"))
    catch_up()


def changed(rules: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(one["change"], one["promises_less"]) for one in rules["changed"]]


def test_revisions_say_how_their_rules_differ(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """To everybody on the list of revisions, and to the buyer on what they were given."""
    grant = weakened(world)
    address = reverse("api_list_market_revisions", args=[grant.listing_id])
    newest, middle, first = api_of("").get(address).json()["results"]
    assert changed(newest["rules"]) == TOLD
    assert (middle["rules"]["version"], newest["rules"]["version"]) == (1, 2)
    assert [one["change"] for one in middle["rules"]["changed"]] == ["added"] * 3
    assert (first["rules"]["version"], first["rules"]["changed"]) == (None, [])
    own = api_of("buyer").get(reverse("api_list_grant_revisions", args=[grant.pk])).json()
    assert changed(own["results"][0]["rules"]) == TOLD
    said = "Asks less: “boardings” is at least -5; before: “boardings” is at least 0"
    for name, pk in (
        ("listing_history", grant.listing_id),
        ("listing_feed", grant.listing_id),
        ("grant_detail", grant.pk),
        ("grant_changelog", grant.pk),
    ):
        page = page_of("buyer").get(reverse(name, args=[pk])).content.decode()
        assert said in page, name
        assert "Only warns now: “line” is filled" in page, name
        assert "No longer asked: “day, line” stands once" in page, name


def test_the_changelog_says_when_rules_promise_less(world: World, api_of: ApiClients) -> None:
    """When they were approved, before a revision came by them."""
    grant = weakened(world)
    lines = api_of("buyer").get(reverse("api_get_grant_changelog", args=[grant.pk])).json()["lines"]
    assert [line["change"] for line in lines] == ["revision", "rules", "revision", "revision"]
    assert changed(lines[1]["rules"]) == TOLD
    assert lines[1]["rules"]["version"] == 2


def test_the_contract_says_what_changed(world: World, page_of: PageClients) -> None:
    """Two contracts of one listing differ in the number of their rules, and the later says how."""
    grant = feeds.followed(world)
    quality.set_rules(world, grant.listing.product.dataset, STRONG)
    address = reverse("listing_contract", args=[grant.listing_id])

    def rules_said() -> dict[str, Any]:
        document = yaml.safe_load(page_of("").get(address).content)
        return {one["property"]: one["value"] for one in document["customProperties"]}

    assert "changelog" not in rules_said()
    live(world, grant.listing)
    strong = rules_said()
    quality.set_rules(world, grant.listing.product.dataset, WEAKER, reason=quality.WHY)
    live(world, grant.listing, boardings=1191)
    weaker = rules_said()
    assert (strong["qualityRulesVersion"], weaker["qualityRulesVersion"]) == (1, 2)
    assert weaker["changelog"]["revisionBefore"] == 2
    assert "Only warns now: “line” is filled" in weaker["changelog"]["qualityRules"]


def test_webhooks_say_what_changed(world: World) -> None:
    """In which ways the rules of a revision differ, and where it is said which are weaker."""
    registered(world, events=("revision.live", "rules.weakened"))
    grant = weakened(world)
    bodies = [json.loads(each.body) for each in Message.objects.order_by("happened_at")]
    told = {each["type"]: each["data"] for each in bodies}
    assert told["revision.live"]["rules_changed"] == [change for change, _is_less in TOLD]
    assert told["revision.live"]["rules_version"] == 2
    address = reverse("api_get_grant_changelog", args=[grant.pk])
    assert told["rules.weakened"]["changelog"].endswith(address)


def test_masked_columns_and_other_datasets_are_not_told() -> None:
    """What a rule asks of a masked column is told to nobody, nor which dataset values stand in."""
    before = rules_from([rule("pattern", "a", pattern="1-secret"), rule("present", "a")])
    other = rule("exists", "b", dataset="secret", column="secret")
    now = rules_from([rule("pattern", "a", pattern="2-secret"), other])
    told = [change_in_words(one, masked={"a"}) for one in changes_between(before, now)]
    assert told == [
        "Asks otherwise: Values have a form: a (none may fail)",
        "No longer asked: Cells are filled: a",
        "New: “b” stands in another dataset of the holder",
    ]


@pytest.mark.parametrize(
    ("before", "now", "expected", "is_less"),
    [
        (rule("range", "a", at_least="0"), rule("range", "a", at_least="1"), "narrower", False),
        (rule("range", "a", at_least="0"), rule("range", "a", at_most="9"), "otherwise", True),
        (
            rule("range", "a", at_least="0"),
            rule("range", "a", at_least="0", at_most="9"),
            "narrower",
            False,
        ),
        (
            rule("range", "a", at_least="2026-01-01"),
            rule("range", "a", at_least="2025-01-01"),
            "wider",
            True,
        ),
        (rule("codes", "a", codes=["x"]), rule("codes", "a", codes=["x", "y"]), "wider", True),
        (rule("codes", "a", codes=["x", "y"]), rule("codes", "a", codes=["x"]), "narrower", False),
        (rule("fresh", "a", days=3), rule("fresh", "a", days=9), "wider", True),
        (rule("pattern", "a", pattern="x"), rule("pattern", "a", pattern="y"), "otherwise", True),
        (
            rule("present", "a"),
            rule("present", "a", tolerance={"count": 3}),
            "allows-more",
            True,
        ),
        (
            rule("present", "a", tolerance={"count": 3}),
            rule("present", "a", tolerance={"share": "0.1"}),
            "otherwise",
            True,
        ),
        (rule("present", "a", severity="warns"), rule("present", "a"), "holds", False),
        (rule("present", "a"), rule("present", "b"), "removed", True),
    ],
)
def test_what_became_of_a_rule(
    before: dict[str, Any], now: dict[str, Any], expected: str, is_less: bool
) -> None:
    olds, news = rules_from([before]), rules_from([now])
    assert changes_between(olds, news)[0].change == expected
    assert promise_less(news, olds) is is_less
    assert changes_between(olds, olds) == []
