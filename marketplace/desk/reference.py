"""The reference pages that follow from the code: states, money, commands, errors, facts, masks."""

import ast
from collections.abc import Callable
from dataclasses import fields
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import load_command_class
from django.urls import reverse
from django.utils import translation

from desensitize.masks import MASKS, MaskDescription, OptionDescription
from marketplace.accounts.four_eyes import CENTRE, FOUR_EYES
from marketplace.accounts.roles import Role
from marketplace.accounts.suspension import SUSPENSION
from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.closing.services import close_labelling
from marketplace.annotation.pay.services import fund_labelling
from marketplace.core.states import MACHINES
from marketplace.desk.asvs import asvs_page
from marketplace.desk.guarded import guarded_page
from marketplace.ledger.facts import KINDS
from marketplace.trading.books.models import AccountKind
from marketplace.trading.books.transfer.flows import FLOWS, Flow
from marketplace.trading.orders.delivery.services import accept_delivery, complete_silent_orders
from marketplace.trading.orders.dispute.services import (
    answer_settlement,
    close_due_disputes,
    open_dispute,
    record_ruling,
    withdraw_dispute,
)
from marketplace.trading.orders.objection.services import accept_remedy
from marketplace.trading.orders.promise.services import keep_promises
from marketplace.trading.orders.recall.services import recall_order
from marketplace.trading.orders.right_sale.services import complete_right_sale, end_right_sale
from marketplace.trading.orders.settlement.fees import fee_rows
from marketplace.trading.orders.settlement.services import set_off_credit
from marketplace.trading.orders.termination.services import terminate_contract
from marketplace.trading.treasury.allocation.services import allocate_payment
from marketplace.trading.treasury.bank_item.services import confirm_reversal
from marketplace.trading.treasury.payment.services import (
    confirm_payment,
    confirm_statement,
    receive_message,
)
from marketplace.trading.treasury.payout.services import approve_disbursement
from marketplace.trading.treasury.reconciliation.services import confirm_bank_item
from marketplace.web.errors import STATUS, TITLES
from marketplace.web.navigation import EVERYONE, MEMBER, MENU, SIGNED_IN

# The reference page on masks.

ABOUT_MASKS = """
What a policy can do to a column. Everywhere, rows stay rows and nulls stay null but where a mask
says otherwise; a value that a mask cannot handle becomes null, is counted and reported, and never
passes through. Lists, records and bytes have no text, so masks of texts make null of them. [How
to add a mask](../how-to/add-a-mask.md).

Keyed masks derive a key for each dataset, column, recipient, mask and purpose by HKDF-SHA256 from
one master key, which comes from a file. Two recipients' values cannot be joined, the same
recipient's can across versions. Who has the master key and the policy can recover what a
reversible mask made: in Python, `make_mask(NAME, OPTIONS).recover(VALUES, keys=KEYS)`.

| word | says |
|---|---|
| reversible | the key's holder can recover the values |
| pseudonymous | a value still tells one person from another: the data stays personal information |
| may show originals | an original value can appear, so a direct identifier cannot have it |
| keyed | needs a key |
| by row number | random, but drawn by key and row number: a table in parts comes out as if whole |
| by content | random, but drawn by key and what the row holds: the same in each version |
| whole column | needs all values at once: refused for a table in parts |
| draws rows | leaves rows out |
| omits the column | the column is not in the release |
""".strip()

FF1_NOTE = """
**Off by default.** No template proposes FF1 and nothing uses it unless a policy names it. It has
been said that third parties hold patents on format-preserving encryption; whether one holds where
you are is for you to find out before you use it. This code was written from the standard and
comes under this project's own licence, which grants no rights under patents of others. Also, FF1
keeps equal values equal and can be undone, so a pseudonym is the better choice unless the form
must stay. FF3 and FF3-1 are not offered: attacks on them have been published.

For checks, single values: `python -m desensitize ff1 encrypt --key-file FILE --tweak HEX --radix N
VALUE…`, or `decrypt`; one result a line, `{"results": […]}` with `--json`, exit 1 with a sentence
when a value cannot be handled. `--key HEX` is there for test keys: everybody on the machine can
read it in the list of processes.
""".strip()


def masks_page(note: str) -> str:
    """Describe every mask with its options, in the order of the registry."""
    parts = ["# Masks", "", note, "", ABOUT_MASKS, ""]
    for name, mask in MASKS.items():
        parts += [f"## {name}", "", cleandoc(mask.__doc__ or ""), ""]
        parts += [f"*{_traits(mask.description)}*", ""]
        if name == "ff1":
            parts += [FF1_NOTE, ""]
        if mask.description.options:
            parts += ["| option | takes | otherwise |", "|---|---|---|"]
            parts += [_row(option) for option in mask.description.options]
            parts.append("")
    return "\n".join(parts)


def _traits(description: MaskDescription) -> str:
    traits = {
        "reversible": description.reversible,
        "pseudonymous": description.pseudonymous,
        "may show originals": description.releases_clear,
        "keyed": description.needs_key,
        "by row number": description.row_keyed and not description.content_keyed,
        "by content": description.content_keyed,
        "whole column": description.whole_column,
        "draws rows": description.draws_rows,
        "omits the column": description.omits_column,
    }
    return ", ".join(name for name, holds in traits.items() if holds) or "irreversible, without key"


def _row(option: OptionDescription) -> str:
    takes = {"choice": "one of " + ", ".join(f"`{one}`" for one in option.choices)}.get(
        option.kind,
        {
            "integer": "a whole number",
            "number": "a number",
            "text": "a text",
            "column": "the name of another column",
            "table": "rows of texts",
        }.get(option.kind, option.kind),
    )
    if option.minimum is not None:
        takes += f", at least {option.minimum:g}"
    if option.maximum is not None:
        takes += f", at most {option.maximum:g}"
    default = "—" if option.default is None else f"`{option.default}`"
    if option.default == " -":
        default = "blank and hyphen"
    return f"| `{option.name}` | {takes} | {'needed' if option.required else default} |"


# The reference page of money, drawn from the table of flows that `book()` holds to.

INCOMING = (confirm_payment, confirm_statement, receive_message)
PAYING = (*INCOMING, allocate_payment)
ACCEPTING = (accept_delivery, accept_remedy, complete_silent_orders, complete_right_sale)
ENDING = (answer_settlement, close_due_disputes, record_ruling)
PARTS = ("release", "fee", "share", "tax")
DRAWING: dict[str, Callable[..., Any]] = {
    "dispute": open_dispute,
    "recall": recall_order,
    "leaving": terminate_contract,
    "disbursement": approve_disbursement,
}
ACTS: dict[str, tuple[Callable[..., Any], ...]] = {
    "payment": INCOMING,
    "allocation": PAYING,
    "payment:credit": PAYING,
    "allocation:part": (*PAYING, set_off_credit),
    "charge:hold": (*PAYING, set_off_credit),
    "charge:parts": (*PAYING, set_off_credit, keep_promises),
    "charge:borne": (*PAYING, *ACCEPTING, *ENDING),
    **{f"charge:release:{part}": (*PAYING, set_off_credit, keep_promises) for part in PARTS},
    "charge:void": (
        *(terminate_contract, end_right_sale, recall_order, approve_disbursement, accept_remedy),
        *(answer_settlement, close_due_disputes, record_ruling),
    ),
    **{f"order:acceptance:{part}": ACCEPTING for part in PARTS},
    "termination:refund": (terminate_contract,),
    "sale:refund": (end_right_sale,),
    "charge:unborne": (*ENDING, recall_order, terminate_contract, approve_disbursement),
    "recall:refund": (recall_order,),
    "leaving:refund": (terminate_contract,),
    **{
        f"{thing}:freeze{part}": (act,)
        for thing, act in DRAWING.items()
        for part in ("", ":fee", ":share", ":tax")
    },
    **{f"dispute:again:{part}": (withdraw_dispute,) for part in PARTS},
    **{f"dispute:{part}": ENDING for part in (*PARTS, "refund")},
    "remedy:refund": (accept_remedy,),
    "missed:credit": (keep_promises,),
    "source": (
        *(*PAYING, set_off_credit, keep_promises, *ACCEPTING, *ENDING),
        *(open_dispute, withdraw_dispute, recall_order, terminate_contract, approve_disbursement),
    ),
    "disbursement": (approve_disbursement,),
    "bank_item": (confirm_bank_item,),
    "bank_item:reversal": (confirm_reversal,),
    "funding": (fund_labelling,),
    "batch:wage": (inspect_batch,),
    "labelling:unspent": (close_labelling,),
    "disbursement:refund": (approve_disbursement,),
}
"""The acts that move money for each cause."""

ABOUT_MONEY = """\
Double entry: a transfer is one row that names the account that pays, the account that is paid and
an amount above zero, so it balances by its shape. Rows are never changed; no balance falls
below zero but those of the bank outside, of the bank charges that the centre bears, and of what the
bank itself took; and a cause is booked once, so whatever is done twice moves money once. The
database holds to all three, and `book()` refuses a movement that is not drawn here.
"""
ABOUT_FEES = """\
The fee is a part of what the seller keeps. What goes back to a buyer comes from all who have a
part of it, each in proportion: the seller with its sources, the centre, a third party, the tax."""
HELD_NOTE = """\
*Held* has an account for each order and each labelling project, *paid in part* one for each amount
that waits for its rest, the buyer's and the seller's one for each organization; the others are the
centre's own. What a bank kept of a payment is borne when the money is released; the fees leave the
centre only as far as they cover it and what the bank took for itself.
"""


def money_page(note: str) -> str:
    """Draw which account pays which, and list what each movement follows from."""
    parts = ["# Money", "", note, "", ABOUT_MONEY, "```mermaid", "flowchart LR"]
    parts += [f"    {_node(kind)}[{kind.label}]" for kind in AccountKind]
    parts += [
        f"    {_node(flow.debit)} -->|{flow.kind.label}| {_node(flow.credit)}" for flow in FLOWS
    ]
    parts += ["```", "", HELD_NOTE, "## Which act moves what", ""]
    parts += ["| act | says | movements |", "|---|---|---|"]
    for act, flows in _flows_of_acts().items():
        sentence = (act.__doc__ or "").partition("\n")[0]
        moved = ", ".join(dict.fromkeys(str(flow.kind.label) for flow in flows))
        parts.append(f"| `{act.__name__}` | {sentence} | {moved} |")
    parts += ["", "## Who bears the fee", "", ABOUT_FEES, ""]
    parts += ["| how an order ends | before what was paid is released | afterwards |"]
    parts += ["|---|---|---|", *(f"| {' | '.join(row)} |" for row in fee_rows())]
    parts += ["", "## What a movement follows from", ""]
    parts += ["`…` stands for the id of the thing.", ""]
    parts += ["| movement | from | to | cause |", "|---|---|---|---|"]
    for flow, causes in FLOWS.items():
        written = ", ".join(f"`{_cause(form)}`" for form in sorted(causes))
        parts.append(
            f"| {flow.kind.label} | {flow.debit.label} | {flow.credit.label} | {written} |"
        )
    return "\n".join([*parts, ""])


def _flows_of_acts() -> dict[Callable[..., Any], list[Flow]]:
    found: dict[Callable[..., Any], list[Flow]] = {}
    for flow, causes in FLOWS.items():
        for form in sorted(causes):
            for act in ACTS[form]:
                flows = found.setdefault(act, [])
                if flow not in flows:
                    flows.append(flow)
    return found


def _node(kind: AccountKind) -> str:
    return str(kind.value)


def _cause(form: str) -> str:
    thing, _, step = form.partition(":")
    return f"{thing}:…:{step}" if step else f"{thing}:…"


REFUSALS = ("NotFound", "NotAllowed", "WrongState", "Invalid", "RuleRefused")
FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "reference"
RUN_AS = """\
On the host of a centre: `centre NAME`, as root or as the centre's own user. It reads the host's
file of settings and refuses without one ([how it is
installed](../how-to/run-in-production.md#4-settings-and-keys)). In a folder with the demo:
`.venv/bin/python manage.py NAME --settings=marketplace.settings.dev`. `manage.py` does not guess
which centre is meant: but for `demo`, which names its own, it refuses without settings."""
ABOUT_FOUR_EYES = """\
What one person begins, another decides. One person is one human being, however many accounts they
hold: accounts are known to be one person's by their mailbox, in which `ada+pay@example.org` and
`Ada+review@example.org` both end, or by the identity document that was seen, of whose number a
keyed digest is kept. The rules of the acts ask it; the database refuses the same by triggers, also
of who writes into it by hand. Two accounts under two mailboxes whose document nobody asked to see
are not found: have it shown before somebody may decide.

The organizations of all these accounts are that person's own. Nobody decides on a matter of one of
them: “never” holds for whichever account they use. “From within” lets people of an organization
decide by their account there, and nobody decides so who belongs to another organization of the same
matter: who has accounts with the seller and with the buyer signs for neither.
An act of the centre that takes one person alone keeps to the same (`own-organization`), and so does
trade (`both-sides`): see [why](../decisions/README.md)."""
ABOUT_SUSPENSION = """\
What is closed while the centre has suspended an organization, and what goes on. Its people sign in
and hold no role: every address is closed to their sessions but those named below
(`organization-suspended`), and tokens, keys to grants and calendar addresses open nothing at all.
Whom it trades with loses nothing by it. An address that belongs to no line fails a test.

An administrator of the centre suspends an organization with a reason, and the centre's software
does once a verification has ended. A new address is closed until somebody opens it by name."""
NOTE = "*Made by `manage.py reference`; a test compares it with the code.*"
ABOUT_MENU = """
What stands at the side of every page. The places without a part stand at the top; then come the
parts, those first that a role uses first. Open is the part that the page belongs to. A place that
is alone in its part for a reader has no heading.
""".strip()


def pages() -> dict[str, str]:
    """Return each page's text by its file name, in English whatever the language in force."""
    _load_events_and_states()
    with translation.override("en"):
        return {name: make() for name, make in PAGES.items()}


def _load_events_and_states() -> None:
    """Load what facts and states are known by, which nothing else may have done."""
    root = Path(__file__).resolve().parent.parent
    for path in sorted([*root.rglob("events.py"), *root.rglob("states.py")]):
        import_module(".".join(path.relative_to(root.parent).with_suffix("").parts))


def states_page() -> str:
    """Draw every state machine as a diagram and a table."""
    parts = ["# States", "", NOTE, ""]
    for name, machine in sorted(MACHINES.items()):
        parts += [f"## {name}", "", "```mermaid", "stateDiagram-v2"]
        first = next(iter(machine.moves))
        parts.append(f"    [*] --> {first.name}")
        for state, targets in machine.moves.items():
            parts += [f"    {state.name} --> {t.name}" for t in sorted(targets, key=str)]
        parts += ["```", "", "| state | shown as | may become |", "|---|---|---|"]
        for state, targets in machine.moves.items():
            follow = ", ".join(f"`{t.value}`" for t in sorted(targets, key=str)) or "— (final)"
            parts.append(f"| `{state.value}` | {state.label} | {follow} |")
        parts.append("")
    return "\n".join(parts)


def commands_page() -> str:
    """List our commands with their options."""
    parts = ["# Commands", "", NOTE, "", RUN_AS, ""]
    for name, app in sorted(_commands().items()):
        command = load_command_class(app, name)
        parser = command.create_parser("manage.py", name)
        parts += [f"## {name}", "", command.help, "", "| option | what |", "|---|---|"]
        for action in parser._actions:
            if action.dest not in DJANGO_OPTIONS:
                label = ", ".join(action.option_strings) or action.dest
                parts.append(f"| `{label}` | {action.help} |")
        parts.append("")
    return "\n".join(parts)


DJANGO_OPTIONS = {
    "help", "version", "verbosity", "settings", "pythonpath",
    "traceback", "no_color", "force_color", "skip_checks",
}  # fmt: skip


def _commands() -> dict[str, str]:
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("marketplace."):
            folder = Path(config.path) / "management" / "commands"
            found |= {
                path.stem: config.name
                for path in folder.glob("*.py")
                if not path.stem.startswith("_")
            }
    return found


def facts_page() -> str:
    """List every kind of ledger entry."""
    parts = ["# Facts", "", NOTE, "", "Each entry of the ledger is one of these.", ""]
    parts += ["| kind | says | fields |", "|---|---|---|"]
    for kind, fact in sorted(KINDS.items()):
        if fact.__module__.startswith("marketplace."):
            own = sorted({field.name for field in fields(fact)} - {"subject", "about"})
            words = ", ".join(f"`{name}`" for name in own) or "—"
            parts.append(f"| `{kind}` | {fact.label} | {words} |")
    return "\n".join([*parts, ""])


def errors_page() -> str:
    """List the kinds of refusal, and the codes of libraries, gate and acts."""
    parts = ["# Errors", "", NOTE, "", "Problem details (RFC 9457): `type` is", ""]
    parts += ["`urn:data-trading-centre:problem:` and the kind.", ""]
    parts += ["| kind | status | title |", "|---|---|---|"]
    statuses = {refusal.kind: status for refusal, status in STATUS.items()}
    for kind, title in sorted(TITLES.items()):
        parts.append(f"| `{kind}` | {statuses.get(kind, 'as HTTP says')} | {title} |")
    for library in ("desensitize", "valuation"):
        codes = import_module(f"{library}.errors").CODES
        parts += ["", f"## Codes of `{library}`", "", *(f"- `{code}`" for code in sorted(codes))]
    gate = import_module("marketplace.trading.listings.gate").CODES
    parts += ["", "## Codes of the gate", "", *(f"- `{code}`" for code in sorted(gate)), ""]
    parts += ["## Codes of acts", "", "Where no code is named, it is the kind.", ""]
    parts += [*(f"- `{code}`" for code in sorted(codes_of_acts())), ""]
    return "\n".join(parts)


def four_eyes_page() -> str:
    """List every act that takes a second person, and what keeps both apart."""
    parts = ["# Four eyes", "", NOTE, "", ABOUT_FOUR_EYES, ""]
    parts += [
        "| who begins | who decides | by | whose matter it is | its people | the database keeps |"
    ]
    parts += ["|---|---|---|---|---|---|"]
    for row in FOUR_EYES.values():
        acts = ", ".join(f"`{act}`" for act in row.acts)
        people = "from within" if row.is_from_within else "" if row.whose == CENTRE else "never"
        kept = f"`{row.kept.table}`: `{row.kept.first}`, `{row.kept.second}`"
        parts.append(f"| {row.begins} | {row.decides} | {acts} | {row.whose} | {people} | {kept} |")
    return "\n".join([*parts, ""])


def menu_page() -> str:
    """List the places of the menu with their parts, in both languages, and who reads them."""
    parts = ["# Menu", "", NOTE, "", ABOUT_MENU, ""]
    parts += [
        "| part | place | 部分 | 菜单项 | address | who reads it |",
        "|---|---|---|---|---|---|",
    ]
    readers = dict(Role.choices) | {
        EVERYONE: "everybody",
        SIGNED_IN: "who is signed in",
        MEMBER: "who is signed in, unless their organization is suspended",
    }
    for part in MENU:
        for place in part.places:
            with translation.override("zh-hans"):
                chinese = f"{part.label} | {place.label}"
            who = ", ".join(str(readers[role]) for role in place.roles)
            address = f"`{reverse(place.url_name)}`"
            parts.append(f"| {part.label} | {place.label} | {chinese} | {address} | {who} |")
    return "\n".join([*parts, ""])


def suspension_page() -> str:
    """Say for each address what goes on while an organization is suspended."""
    parts = ["# While an organization is suspended", "", NOTE, "", ABOUT_SUSPENSION, ""]
    parts += ["| what | its own people | everybody else |", "|---|---|---|"]
    parts += [f"| {matter.name} | {matter.own} | {matter.others} |" for matter in SUSPENSION]
    parts += ["", "## Addresses", "", "Pages, and addresses below `/api/v1/`, by their first word."]
    parts += ["", "| what | addresses | open to its people, by name |", "|---|---|---|"]
    for matter in SUSPENSION:
        words = ", ".join(f"`/{word}/`" if word else "`/`" for word in matter.words)
        opens = ", ".join(f"`{name}`" for name in matter.opens) or "—"
        parts.append(f"| {matter.name} | {words} | {opens} |")
    return "\n".join([*parts, ""])


def codes_of_acts() -> set[str]:
    """Return the codes that the centre's own refusals name, as they stand in the code."""
    root = FOLDER.parent.parent / "marketplace"
    texts = (path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    trees = (ast.parse(text) for text in texts if "code=" in text)
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = (
        keyword.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in REFUSALS
        for keyword in call.keywords
        if keyword.arg == "code"
    )
    return {str(value.value) for value in named if isinstance(value, ast.Constant)}


PAGES: dict[str, Callable[[], str]] = {
    "states.md": states_page,
    "commands.md": commands_page,
    "facts.md": facts_page,
    "errors.md": errors_page,
    "four-eyes.md": four_eyes_page,
    "guarded.md": lambda: guarded_page(NOTE),
    "menu.md": menu_page,
    "suspension.md": suspension_page,
    "masks.md": lambda: masks_page(NOTE),
    "money.md": lambda: money_page(NOTE),
    "asvs.md": lambda: asvs_page(NOTE),
}
"""What writes each page."""
