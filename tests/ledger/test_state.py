"""State bound to the ledger: what is altered by a hand on the database is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any, cast

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import CharField

from marketplace.core import Actor, Door, clock, triggers
from marketplace.ledger.binding import (
    BOUND,
    COMPARED,
    KINDS,
    BoundRow,
    bind,
    digest_of,
    state_faults,
)
from marketplace.ledger.following import FOLLOWED
from marketplace.ledger.models import BindingKey, Entry
from marketplace.ledger.services.verification import verify_ledger
from marketplace.pipeline.services import rewrap_keys
from marketplace.trading.treasury.closing.computing import closed_day_faults
from marketplace.trading.treasury.models import BankAccount, DayClosing
from tests.given import (
    amendments,
    centre,
    delivery,
    disputes,
    limits,
    money,
    recalls,
    remarks,
    rights,
)
from tests.given import trading as given
from tests.given.by_owner import without_triggers
from tests.given.world import World

OTHER = "(SELECT id FROM accounts_organization WHERE kind = 'regulator')"
BUYER = "(SELECT id FROM accounts_person WHERE email = 'buyer@example.org')"
OTHER_REVISION = "(SELECT id FROM listings_revision WHERE id <> revision_id LIMIT 1)"
NEW_ROLE = (
    "INSERT INTO accounts_rolegrant (id, created_at, person_id, role) SELECT "
    "'f0000000000040008000000000000000', created_at, person_id, 'administrator' "
    "FROM accounts_rolegrant WHERE role = 'auditor'"
)
BY_ANYBODY = (
    ("bank_account:", "UPDATE treasury_bankaccount SET state = 'withdrawn'"),
    ("bank_account:", "UPDATE treasury_bankaccount SET in_force_from = '2020-01-01 00:00:00+00'"),
    ("bank_account:", "UPDATE treasury_bankaccount SET confirmed_by_id = vouched_by_id"),
    ("disbursement:", "UPDATE treasury_disbursement SET state = 'rejected'"),
    ("disbursement:", "UPDATE treasury_disbursement SET decided_by_id = NULL"),
    ("disbursement:", "UPDATE treasury_disbursement SET answer = 'another'"),
    ("role:", "DELETE FROM accounts_rolegrant WHERE role = 'auditor'"),
    ("role:", NEW_ROLE),
    ("contract:", "UPDATE orders_contract SET buyer_signed_at = NULL"),
    ("contract:", "UPDATE orders_contract SET seller_signed_at = buyer_signed_at"),
    ("contract:", "UPDATE orders_contract SET document = NULL"),
    ("credential:", "UPDATE credentials_credential SET state = 'revoked'"),
    ("credential:", "UPDATE credentials_credential SET reason = 'another'"),
    ("credential:", "UPDATE credentials_credential SET remarks = '[\"None.\"]'"),
    ("balance", "UPDATE books_account SET balance_cents = balance_cents + 100000"),
)
"""What is named, and what alters it where no trigger stands in the way."""
BEHIND_TRIGGERS = (
    (
        "bank_account:",
        "treasury_bankaccount",
        "UPDATE treasury_bankaccount SET number = '6222000011112222'",
    ),
    (
        "bank_account:",
        "treasury_bankaccount",
        "UPDATE treasury_bankaccount SET bank_code = '999999999999'",
    ),
    ("bank_account:", "treasury_bankaccount", "UPDATE treasury_bankaccount SET currency = 'USD'"),
    (
        "bank_account:",
        "treasury_bankaccount",
        f"UPDATE treasury_bankaccount SET organization_id = {OTHER}",
    ),
    (
        "disbursement:",
        "treasury_disbursement",
        "UPDATE treasury_disbursement SET amount = amount + 1",
    ),
    ("disbursement:", "treasury_disbursement", "UPDATE treasury_disbursement SET currency = 'USD'"),
    (
        "disbursement:",
        "treasury_disbursement",
        "UPDATE treasury_disbursement SET bank_account_id = NULL",
    ),
    ("disbursement:", "treasury_disbursement", "UPDATE treasury_disbursement SET kind = 'return'"),
    (
        "disbursement:",
        "treasury_disbursement",
        "UPDATE treasury_disbursement SET reason = 'another'",
    ),
    (
        "role:",
        "accounts_rolegrant",
        "UPDATE accounts_rolegrant SET role = 'administrator' WHERE role = 'auditor'",
    ),
    (
        "role:",
        "accounts_rolegrant",
        f"UPDATE accounts_rolegrant SET person_id = {BUYER} WHERE role = 'auditor'",
    ),
    ("contract:", "orders_contract", "UPDATE orders_contract SET text = 'Nothing is owed.'"),
    ("contract:", "orders_contract", "UPDATE orders_contract SET digest = 'none'"),
    ("contract:", "orders_contract", 'UPDATE orders_contract SET agreed = \'{"price": "1.00"}\''),
    ("contract:", "orders_contract", "UPDATE orders_contract SET terms = '{}', language = 'xx'"),
    (
        "credential:",
        "credentials_credential",
        "UPDATE credentials_credential SET document = '{\"a\": 1}'",
    ),
    (
        "credential:",
        "credentials_credential",
        "UPDATE credentials_credential SET valid_until = '2099-01-01'",
    ),
    (
        "credential:",
        "credentials_credential",
        "UPDATE credentials_credential SET subject = 'dataset:1'",
    ),
    ("closed day", "books_transfer", "UPDATE books_transfer SET amount = amount + 1000"),
    ("closed day", "books_transfer", "UPDATE books_transfer SET booked_on = '2030-01-01'"),
    ("balance", "books_transfer", "DELETE FROM books_transfer WHERE kind = 'payout'"),
    ("day_closing:", "treasury_dayclosing", "UPDATE treasury_dayclosing SET totals = '{}'"),
    ("closed day", "treasury_dayclosing", "UPDATE treasury_dayclosing SET digest = 'none'"),
    ("day_closing:", "treasury_dayclosing", "DELETE FROM treasury_dayclosing"),
)
"""What is named, the table, and what its owner alters, who takes its triggers away for it."""
COMPUTED = (
    ("order:", "UPDATE orders_order SET state = 'paid'"),
    ("order:", "UPDATE orders_order SET state = 'refunded' WHERE state = 'completed'"),
    ("order:", "UPDATE orders_order SET state = 'completed' WHERE state = 'disputed'"),
    ("order:", "UPDATE orders_order SET terms = '{}'"),
    ("are not those of its contract", "UPDATE orders_order SET price = price - 1"),
    ("are not those of its contract", "UPDATE orders_order SET plan = '{}'"),
    ("charge", "UPDATE orders_charge SET state = 'void' WHERE state = 'open'"),
    (
        "charge",
        "UPDATE orders_charge SET state = 'paid', paid = amount, paid_at = created_at "
        "WHERE state = 'open'",
    ),
    ("charge", "UPDATE orders_charge SET borne = amount - paid - set_off WHERE state = 'open'"),
    ("charge", "UPDATE orders_charge SET set_off = 1 WHERE state = 'open'"),
    ("charge", "UPDATE orders_charge SET paid = paid - 1 WHERE paid > 1"),
    ("charge", "UPDATE orders_charge SET paid_at = NULL"),
    ("charge", "UPDATE orders_charge SET state = 'open', paid_at = NULL WHERE state = 'settled'"),
    ("payment", "UPDATE treasury_payment SET state = 'unallocated' WHERE state = 'allocated'"),
    ("payment", "UPDATE treasury_payment SET state = 'returned'"),
    ("payment", "UPDATE treasury_payment SET amount = amount + 1"),
    ("payment", "UPDATE treasury_payment SET currency = 'USD'"),
    ("listing:", "UPDATE listings_listing SET state = 'published' WHERE state = 'suspended'"),
    ("listing:", "UPDATE listings_listing SET state = 'withdrawn' WHERE state = 'published'"),
    ("grant:", "UPDATE delivery_grant SET state = 'expired'"),
    ("grant:", "UPDATE delivery_grant SET state = 'active' WHERE state = 'revoked'"),
    ("certificate:", "UPDATE rights_certificate SET state = 'frozen'"),
    ("objection:", "UPDATE rights_objection SET state = 'rejected'"),
    ("objection:", "DELETE FROM rights_objection"),
    ("dispute:", "UPDATE orders_dispute SET state = 'withdrawn'"),
    ("amendment:", "UPDATE orders_amendment SET state = 'in_force'"),
    (
        "signing_approval:",
        "UPDATE orders_signingapproval SET state = 'approved', decided_by_id = id, "
        "decided_at = created_at",
    ),
    (
        "closing:",
        "UPDATE treasury_closingproposal SET state = 'rejected', confirmed_by_id = NULL",
    ),
    (
        "statement:",
        "UPDATE treasury_bankstatement SET state = 'rejected', confirmed_by_id = NULL",
    ),
    (
        "centre_setting:",
        "UPDATE accounts_centresetting SET state = 'confirmed', decided_by_id = NULL",
    ),
    ("centre_setting:", "DELETE FROM accounts_centresetting"),
    ("invitation", "UPDATE accounts_invitation SET signing_limit = 9000000"),
    ("invitation", "UPDATE accounts_invitation SET roles = '[\"owner\"]'"),
)
"""What is named that follows from facts, or from rows that only grow, and what alters it."""
BOUND_BY_ACTS = (
    ("order:", "UPDATE orders_order SET price = price - 1 WHERE state = 'placed'"),
    ("order:", "UPDATE orders_order SET plan = '{}' WHERE state = 'placed'"),
    ("order:", "UPDATE orders_order SET ends_on = '2031-01-01'"),
    ("order:", "UPDATE orders_order SET acceptance_due_on = '2020-01-01'"),
    (
        "order:",
        'UPDATE orders_order SET provisional = \'{"acceptance_due_on": ["2020-01-01", 1]}\'',
    ),
    ("order:", "UPDATE orders_order SET completed_at = created_at"),
    ("order:", f"UPDATE orders_order SET revision_id = {OTHER_REVISION}"),
    ("grant:", "UPDATE delivery_grant SET expires_at = '2099-01-01 00:00:00+00'"),
    ("grant:", f"UPDATE delivery_grant SET revision_id = {OTHER_REVISION}"),
    ("grant:", "UPDATE delivery_grant SET projection = '{\"rows\": 1}'"),
    ("dispute:", "UPDATE orders_dispute SET refund = 1"),
    ("dispute:", "UPDATE orders_dispute SET appeal_until = '2020-01-01'"),
    ("dispute:", 'UPDATE orders_dispute SET provisional = \'{"appeal_until": ["2020-01-01", 1]}\''),
    ("dispute:", "UPDATE orders_dispute SET seller_agreed_at = created_at"),
    (
        "remark:",
        "UPDATE rights_remark SET state = 'lifted', lift_asked_by_id = entered_by_id, "
        "lift_confirmed_by_id = confirmed_by_id, lifted_on = '2026-01-01' "
        "WHERE state = 'in_force'",
    ),
    (
        "remark:",
        "UPDATE rights_remark SET state = 'in_force', in_force_from = '2026-01-01' "
        "WHERE state = 'proposed'",
    ),
    ("remark:", "UPDATE rights_remark SET in_force_from = '2020-01-01'"),
    ("recall:", "UPDATE orders_recall SET owed = owed + 1"),
    ("recall:", "UPDATE orders_recall SET refund = NULL"),
    ("amendment:", "UPDATE orders_amendment SET answer_due_on = '2031-01-01'"),
    ("amendment:", "UPDATE orders_amendment SET document = '{}'"),
)
"""What is named of the columns that acts bind and that move money or access, and what alters it."""
GUARDED = ("books_transfer", "treasury_bankline", "orders_invoice", "ledger_entry", "ledger_seal")


TABLE = re.compile(r"(?:UPDATE|DELETE FROM) (\w+)")
MOMENT = datetime(2026, 4, 1, tzinfo=UTC)
TELLING = tuple(
    {
        "side": side,
        "outcome": outcome,
        "is_concluded": True,
        "is_agreed": False,
        "expires_at": (MOMENT + timedelta(days=1)).isoformat(),
        "happened_at": MOMENT,
    }
    for side, outcome in (
        ("seller", "settled"),
        ("buyer", "closed"),
        *(("buyer", outcome) for outcome in ("upheld", "rejected", "lapsed")),
    )
)
"""What facts may say that lead to one state or another."""


@pytest.fixture
def traded(world: World) -> World:
    """Return a world in which money went out and a day was closed."""
    return traded_in(world)


def traded_in(world: World) -> World:
    """Let money go out and close the day."""
    money.paid_out(world)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        money.closed(world, day=(clock.today() - timedelta(days=1)).isoformat())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return world


def executed(*statements: str) -> None:
    """Run statements by hand."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo what was altered."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def altered_rows(statement: str) -> int:
    """Run a statement by hand, and return how many rows it altered."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def behind(table: str, statement: str) -> None:
    """Alter a table whose triggers stand again afterwards."""
    with without_triggers(table):
        executed(statement)


def meddled(table: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return how the triggers of a table lose their effect, by the name of one."""
    if connection.vendor == "postgresql":
        name = f"{table}_no_change"
        emptied = (
            f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger "
            "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
        )
        return [
            (name, (f"DROP TRIGGER {name} ON {table}",)),
            (name, (emptied,)),
            (name, (f"ALTER TABLE {table} DISABLE TRIGGER {name}",)),
            (name, (f"ALTER TABLE {table} ENABLE REPLICA TRIGGER {name}",)),
        ]
    name = f"{table}_no_update"
    drop, empty = f"DROP TRIGGER {name}", f"BEFORE UPDATE ON {table} BEGIN SELECT 1; END"
    return [
        (name, (drop,)),
        (name, (drop, f"CREATE TRIGGER {name} {empty}")),
        ("another", (drop, f"CREATE TRIGGER another {empty}")),
    ]


def found() -> str:
    """Return what the check of ledger and state says."""
    return "\n".join(verify_ledger(with_state=True).faults)


def test_what_acts_left_is_whole(traded: World) -> None:
    """Each act that sets a bound row names it in its own entry."""
    assert found() == ""
    told = Entry.objects.filter(payload__has_key=BOUND)
    assert {each.split(":")[0] for entry in told for each in entry.payload[BOUND]} == {
        *("bank_account", "disbursement", "role", "contract", "credential", "day_closing"),
        "order",
    }


def test_each_alteration_is_named(traded: World) -> None:
    """Values in open tables, values behind triggers, and the triggers themselves."""
    tried = 0
    for named, statement in BY_ANYBODY:
        with taken_back():
            executed(statement)
            assert named in found(), statement
        tried += 1
    for named, table, statement in BEHIND_TRIGGERS:
        with taken_back():
            behind(table, statement)
            assert named in found(), statement
        tried += 1
    for table in GUARDED:
        for name, statements in meddled(table):
            with taken_back():
                executed(*statements)
                assert name in found(), statements
            tried += 1
    assert tried >= 40
    assert found() == ""


@pytest.fixture
def busy(world: World) -> World:
    """Return a world in which each kind of row is there whose state is computed again."""
    money.partly_paid(world)
    delivery.revoked(world)
    delivery.granted(world)
    disputes.opened(world)
    amendments.proposed(world)
    limits.asked(world)
    centre.proposed_fee(world)
    given.suspended(world)
    given.placed(world)
    recalls.recalled(world)
    remarks.judicially_frozen(world)
    remarks.proposed_freeze(world)
    rights.raised_objection(world, rights.published_claim(world))
    return traded_in(world)


def test_what_follows_from_the_ledger_is_compared(busy: World) -> None:
    """States, days, what was paid, and what was signed: nobody gains by altering one."""
    assert found() == ""
    for named, statement in (*COMPUTED, *BOUND_BY_ACTS):
        with taken_back(), without_triggers(TABLE.findall(statement)[0]):
            assert altered_rows(statement), statement
            assert named in "\n".join(state_faults()), statement
    assert found() == ""


def test_each_column_that_is_computed_is_altered_here() -> None:
    """So that what is compared only by name is found."""
    told = " ".join(statement for _named, statement in COMPUTED)
    for columns, _faults in COMPARED:
        for model, names in columns.items():
            for name in names:
                assert f"UPDATE {model._meta.db_table} SET" in told
                assert f"{name} =" in told


def test_a_model_that_binds_no_column_is_refused() -> None:
    """A model that is bound before it is frozen would pass every comparison."""
    with pytest.raises(ValueError, match="freeze it first"):
        bind(cast("type[BoundRow]", Entry), "entry")
    assert Entry not in KINDS


def test_every_state_of_a_followed_row_is_led_to() -> None:
    """A new state, or a fact that leads to none of its machine, is found."""
    for followed in FOLLOWED.values():
        field = followed.model._meta.get_field("state")
        assert isinstance(field, CharField)
        choices = {value for value, _label in field.flatchoices}
        led = set[str]()
        for effect in followed.effects.values():
            for told in TELLING:
                led |= effect(told, [frozenset(), frozenset()]) or frozenset()
        assert led >= choices, followed.noun


def test_the_role_of_the_application_alters_no_trigger(traded: World) -> None:
    """Without DDL it alters open tables alone, which is named; the owner can do both."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no roles.")
    executed(
        "CREATE ROLE only_rows",
        "GRANT USAGE ON SCHEMA public TO only_rows",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO only_rows",
    )
    for named, statement in BY_ANYBODY:
        with taken_back():
            executed("SET LOCAL ROLE only_rows", statement, "RESET ROLE")
            assert named in found(), statement
    for _named, _table, statement in BEHIND_TRIGGERS:
        with pytest.raises(DatabaseError), transaction.atomic():
            executed("SET LOCAL ROLE only_rows", statement)
    for table in GUARDED:
        for _name, statements in meddled(table):
            with (
                pytest.raises(DatabaseError, match=r"must be owner|permission denied"),
                transaction.atomic(),
            ):
                executed("SET LOCAL ROLE only_rows", *statements)


def test_the_command_compares_the_state(traded: World) -> None:
    """Only where it is asked for: it reads each bound row."""
    call_command("verify_ledger", "--state", "--dry-run", stdout=StringIO())
    executed("UPDATE treasury_bankaccount SET state = 'withdrawn'")
    call_command("verify_ledger", "--dry-run", stdout=StringIO())
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_ledger", "--state", "--dry-run", stdout=StringIO(), stderr=errors)
    assert f"bank_account:{BankAccount.objects.get().pk}" in errors.getvalue()


def test_a_closed_day_is_computed_again(traded: World) -> None:
    """By the check of the ledger alone, which the centre makes each day by itself."""
    assert list(closed_day_faults()) == []
    with taken_back():
        behind(
            "books_transfer", "UPDATE books_transfer SET amount = amount + 1000 WHERE kind = 'hold'"
        )
        day = DayClosing.objects.get().day.isoformat()
        assert any(f"closed day {day}" in fault for fault in verify_ledger().faults)


def test_a_digest_tells_nothing_of_the_number(traded: World, settings: Any) -> None:
    """It is keyed, and what was bound by a key from before is still compared after a change."""
    account = BankAccount.objects.get()
    before = settings.KEY_ENCRYPTION_KEY
    first = digest_of(account)
    assert account.number not in str(list(Entry.objects.values_list("payload", flat=True)))
    settings.KEY_ENCRYPTION_KEY_BEFORE = before
    settings.KEY_ENCRYPTION_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    assert digest_of(account) != first
    assert list(state_faults()) == []
    rewrap_keys(by=Actor.system(Door.COMMAND))
    rewrap_keys(by=Actor.system(Door.COMMAND))
    assert BindingKey.objects.count() == 1
    settings.KEY_ENCRYPTION_KEY_BEFORE = ""
    assert list(state_faults()) == []
    assert triggers.faults(connection) == []
