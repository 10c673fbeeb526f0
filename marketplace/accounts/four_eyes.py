"""Every act that takes a second person: who begins, who decides, and what keeps them apart.

The table is the one place that says so. The rules of the acts ask `is_second`, the database refuses
the same by triggers that migrations make with `keep_apart`, the docs list it, and one test tries
every row with every kind of person.

One person is whoever `Actor.is_person` says: an account and every other that is known to be held by
the same human being, by mailbox or by identity document. So are the organizations of all these
accounts theirs: `Actor.belongs_to`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from uuid import UUID

from django.db.migrations import RunPython
from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.core import Actor, NotAllowed, triggers


@dataclass(frozen=True)
class Kept:
    """Where the database keeps who did both steps.

    `first` and `second` are columns of `table`. Where the first step stands in another row,
    `first_table` names its table and `link` the column that is the same in both.
    """

    table: str
    first: str
    second: str
    first_table: str = ""
    link: str = ""

    @property
    def trigger(self) -> str:
        """Return the name of the trigger that refuses one person for both."""
        return f"{self.table}_{self.first.removesuffix('_id')}_apart"


def statements_of(kept: Kept, vendor: str) -> list[str]:
    """Return what makes the triggers that refuse one person for both steps."""
    first, begun = f"NEW.{kept.first}", ""
    if kept.first_table:
        first = f"begun.{kept.first}"
        begun = f"{kept.first_table} begun, "
    linked = f"begun.{kept.link} = NEW.{kept.link} AND " if kept.first_table else ""
    same = (
        f"EXISTS (SELECT 1 FROM {begun}accounts_person one, accounts_person other "
        f"WHERE {linked}one.id = {first} AND other.id = NEW.{kept.second} "
        "AND (one.id = other.id OR one.human_id = other.human_id))"
    )
    # What was decided before two accounts were found to be one person's stays, and may go on.
    columns = kept.second if kept.first_table else f"{kept.first}, {kept.second}"
    words = f"four eyes: {kept.first} and {kept.second} of {kept.table} are one person"
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {kept.trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF NEW.{kept.second} IS NOT NULL AND {same} THEN "
            f"RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation'; END IF; "
            "RETURN NEW; END $$",
            f"CREATE TRIGGER {kept.trigger} BEFORE INSERT OR UPDATE OF {columns} ON {kept.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {kept.trigger}()",
        ]
    # SQLite has no trigger for two events: each has one of its own.
    return [
        f"CREATE TRIGGER {kept.trigger}{name} BEFORE {event} ON {kept.table} "
        f"WHEN NEW.{kept.second} IS NOT NULL AND {same} "
        f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        for event, name in ((f"UPDATE OF {columns}", ""), ("INSERT", "_at_first"))
    ]


def keep_apart(*rows: Kept) -> RunPython:
    """Return the step of a migration that makes the triggers, with its way back."""
    return triggers.migrated(*(partial(statements_of, kept) for kept in rows))


@dataclass(frozen=True, kw_only=True)
class FourEyes:
    """One row: `acts` decide on what somebody else has begun.

    `whose` names the organizations whose matter it is. Nobody who belongs to one of them decides,
    by whichever account; `is_from_within` lets people of such an organization decide by their
    account there, as long as they belong to none of the others.
    """

    acts: tuple[str, ...]
    begins: str
    decides: str
    roles: tuple[Role, ...]
    whose: str
    is_from_within: bool = False
    kept: Kept


CASE = Kept("review_case", "submitted_by_id", "decided_by_id")
REVIEWER = (Role.REVIEWER,)
REVIEWS = "a reviewer of the centre"
CENTRE = "the centre"
"""Whose matter it is where no other organization is concerned: nobody is kept from it for that."""
SIDES = "the seller and the buyer"

FOUR_EYES: Mapping[str, FourEyes] = MappingProxyType(
    {
        "organization": FourEyes(
            acts=("examine_organization", "verify_organization", "refuse_organization"),
            begins="who applies for an organization",
            decides="an administrator of the centre",
            roles=(Role.ADMINISTRATOR,),
            whose="the organization",
            kept=Kept("accounts_organization", "applied_by_id", "verified_by_id"),
        ),
        "examined organization": FourEyes(
            acts=("verify_organization",),
            begins="the administrator who examines an organization's documents",
            decides="a second administrator of the centre",
            roles=(Role.ADMINISTRATOR,),
            whose="the organization",
            kept=Kept("accounts_organization", "examined_by_id", "verified_by_id"),
        ),
        "change": FourEyes(
            acts=("approve_change", "refuse_change"),
            begins="who proposes a change of people",
            decides="another administrator of the centre, or another owner of the organization",
            roles=(Role.ADMINISTRATOR, Role.OWNER),
            whose="the person's organization",
            is_from_within=True,
            kept=Kept("accounts_changeproposal", "proposed_by_id", "decided_by_id"),
        ),
        "change of oneself": FourEyes(
            acts=("approve_change", "refuse_change"),
            begins="whom a change of people concerns",
            decides="anybody but them",
            roles=(Role.ADMINISTRATOR, Role.OWNER),
            whose="the person's organization",
            is_from_within=True,
            kept=Kept("accounts_changeproposal", "person_id", "decided_by_id"),
        ),
        "setting": FourEyes(
            acts=("confirm_setting",),
            begins="the administrator who proposes the centre's fee or bank account",
            decides="another administrator of the centre",
            roles=(Role.ADMINISTRATOR,),
            whose=CENTRE,
            kept=Kept("accounts_centresetting", "proposed_by_id", "decided_by_id"),
        ),
        "content": FourEyes(
            acts=("approve_dataset", "return_dataset"),
            begins="who submits a dataset",
            decides=REVIEWS,
            roles=REVIEWER,
            whose="the organization that submits it",
            kept=CASE,
        ),
        "origin": FourEyes(
            acts=("withdraw_origin",),
            begins="the officer who says what data was made from",
            decides=REVIEWS,
            roles=REVIEWER,
            whose="the organization of the data",
            kept=Kept("catalog_origin", "declared_by_id", "withdrawn_by_id"),
        ),
        "policy": FourEyes(
            acts=("confirm_roles", "return_roles"),
            begins="who confirms a policy that relabels columns",
            decides=REVIEWS,
            roles=REVIEWER,
            whose="the organization of the data",
            kept=CASE,
        ),
        "relabelling": FourEyes(
            acts=("confirm_roles", "publish_listing"),
            begins="who writes why a column counts for less than was found",
            decides=REVIEWS,
            roles=REVIEWER,
            whose="the organization of the data",
            kept=Kept(
                "preparation_roleconfirmation",
                "written_by_id",
                "confirmed_by_id",
                first_table="preparation_relabelling",
                link="digest",
            ),
        ),
        "claim": FourEyes(
            acts=("confirm_claim", "refuse_claim", "ask_supplement"),
            begins="who submits a claim",
            decides=REVIEWS,
            roles=REVIEWER,
            whose="the claimant, and who transfers the right",
            kept=CASE,
        ),
        "examination": FourEyes(
            acts=("confirm_claim",),
            begins="the reviewer who examines a claim, or waives its notice",
            decides="a second reviewer",
            roles=REVIEWER,
            whose="the claimant, and who transfers the right",
            kept=Kept("rights_claim", "examined_by_id", "certified_by_id"),
        ),
        "objection": FourEyes(
            acts=("decide_objection",),
            begins="who objects to a right",
            decides=REVIEWS,
            roles=REVIEWER,
            whose="who objects, the claimant, and who transfers the right",
            kept=Kept("rights_objection", "raised_by_id", "decided_by_id"),
        ),
        "remark": FourEyes(
            acts=("decide_remark",),
            begins="the reviewer who enters a freeze or control",
            decides="a second reviewer",
            roles=REVIEWER,
            whose="the holder of the right",
            kept=Kept("rights_remark", "entered_by_id", "confirmed_by_id"),
        ),
        "lifting": FourEyes(
            acts=("decide_remark",),
            begins="the reviewer who asks to lift a freeze or control",
            decides="a second reviewer",
            roles=REVIEWER,
            whose="the holder of the right",
            kept=Kept("rights_remark", "lift_asked_by_id", "lift_confirmed_by_id"),
        ),
        "valuation": FourEyes(
            acts=("approve_appraisal", "return_appraisal"),
            begins="who submits a valuation",
            decides=REVIEWS,
            roles=REVIEWER,
            whose="the organization that submits it",
            kept=CASE,
        ),
        "ceiling": FourEyes(
            acts=("approve_ceiling", "return_ceiling", "close_ceiling"),
            begins="who submits a price ceiling",
            decides=REVIEWS,
            roles=REVIEWER,
            whose="the organization that submits it",
            kept=CASE,
        ),
        "listing": FourEyes(
            acts=("publish_listing", "return_listing", "approve_renewal", "return_renewal"),
            begins="who submits a listing or its renewal",
            decides=REVIEWS,
            roles=REVIEWER,
            whose="the seller",
            kept=CASE,
        ),
        "signing": FourEyes(
            acts=("approve_signing", "refuse_signing"),
            begins="who asks to sign a contract or an amendment above their limit",
            decides="a colleague whose own limit suffices, or an owner",
            roles=(Role.OFFICER, Role.BUYER, Role.FINANCE, Role.OWNER),
            whose=SIDES,
            is_from_within=True,
            kept=Kept("orders_signingapproval", "asked_by_id", "decided_by_id"),
        ),
        "approved contract": FourEyes(
            acts=("sign_contract",),
            begins="who approves that a contract is signed above a limit",
            decides="a colleague, who signs it",
            roles=(Role.OFFICER, Role.BUYER),
            whose=SIDES,
            is_from_within=True,
            kept=Kept("orders_signature", "approved_by_id", "person_id"),
        ),
        "approved amendment": FourEyes(
            acts=("sign_amendment",),
            begins="who approves that an amendment is signed above a limit",
            decides="a colleague, who signs it",
            roles=(Role.OFFICER, Role.BUYER),
            whose=SIDES,
            is_from_within=True,
            kept=Kept("orders_amendmentsignature", "approved_by_id", "person_id"),
        ),
        "contract": FourEyes(
            acts=("sign_contract",),
            begins="who signs a contract for one side",
            decides="somebody of the other side",
            roles=(Role.OFFICER, Role.BUYER),
            whose=SIDES,
            is_from_within=True,
            kept=Kept("orders_contract", "seller_signed_by_id", "buyer_signed_by_id"),
        ),
        "amendment": FourEyes(
            acts=("sign_amendment",),
            begins="who signs an amendment for one side",
            decides="somebody of the other side",
            roles=(Role.OFFICER, Role.BUYER),
            whose=SIDES,
            is_from_within=True,
            kept=Kept(
                "orders_amendmentsignature",
                "person_id",
                "person_id",
                first_table="orders_amendmentsignature",
                link="amendment_id",
            ),
        ),
        "dispute": FourEyes(
            acts=("decide_dispute",),
            begins="the reviewer who mediates a dispute",
            decides="a second officer",
            roles=REVIEWER,
            whose=SIDES,
            kept=Kept("orders_dispute", "proposed_by_id", "decided_by_id"),
        ),
        "reidentification": FourEyes(
            acts=("decide_reidentification",),
            begins="the reviewer who examines a report of a re-identification",
            decides="a second reviewer",
            roles=REVIEWER,
            whose="the organization of the data",
            kept=Kept("orders_reidentification", "examined_by_id", "decided_by_id"),
        ),
        "person_request": FourEyes(
            acts=("confirm_removal",),
            begins="who grants that a person's rows leave data",
            decides=REVIEWS,
            roles=REVIEWER,
            whose="the organization of the data",
            kept=Kept("orders_personrequest", "decided_by_id", "confirmed_by_id"),
        ),
        "assessment": FourEyes(
            acts=("approve_assessment", "return_assessment"),
            begins="the officer who assesses the impact of data on persons",
            decides="another officer of the seller or a reviewer of the centre",
            roles=(Role.OFFICER, Role.REVIEWER),
            whose="the seller",
            is_from_within=True,
            kept=Kept("listings_impactassessment", "made_by_id", "approved_by_id"),
        ),
        "disbursement": FourEyes(
            acts=("approve_disbursement", "reject_disbursement"),
            begins="the finance officer who proposes to move money out",
            decides="a second finance officer or a reviewer of the centre",
            roles=(Role.FINANCE, Role.REVIEWER),
            whose="whose money it is; of a refund, the seller and the buyer",
            kept=Kept("treasury_disbursement", "proposed_by_id", "decided_by_id"),
        ),
        "payment": FourEyes(
            acts=("confirm_payment",),
            begins="the finance officer who records a payment by hand",
            decides="a second finance officer of the centre",
            roles=(Role.FINANCE,),
            whose=SIDES,
            kept=Kept("treasury_payment", "recorded_by_id", "confirmed_by_id"),
        ),
        "statement": FourEyes(
            acts=("confirm_statement",),
            begins="the finance officer who imports a bank statement",
            decides="a second finance officer of the centre",
            roles=(Role.FINANCE,),
            whose=CENTRE,
            kept=Kept("treasury_bankstatement", "imported_by_id", "confirmed_by_id"),
        ),
        "bank item": FourEyes(
            acts=("confirm_bank_item",),
            begins="the finance officer who says what a line of the bank's own is",
            decides="a second finance officer of the centre",
            roles=(Role.FINANCE,),
            whose=CENTRE,
            kept=Kept("treasury_bankitem", "proposed_by_id", "confirmed_by_id"),
        ),
        "reversal": FourEyes(
            acts=("confirm_reversal",),
            begins="the finance officer who proposes to reverse a line of the bank's own",
            decides="a second finance officer of the centre",
            roles=(Role.FINANCE,),
            whose=CENTRE,
            kept=Kept("treasury_bankitem", "reversal_by_id", "reversed_by_id"),
        ),
        "held line": FourEyes(
            acts=("confirm_held_line",),
            begins="the finance officer who says whether a held bank line is told twice",
            decides="a second finance officer of the centre",
            roles=(Role.FINANCE,),
            whose=CENTRE,
            kept=Kept("treasury_heldline", "proposed_by_id", "confirmed_by_id"),
        ),
        "closing": FourEyes(
            acts=("confirm_closing",),
            begins="the finance officer who proposes to close a day",
            decides="a second finance officer of the centre",
            roles=(Role.FINANCE,),
            whose=CENTRE,
            kept=Kept("treasury_closingproposal", "proposed_by_id", "confirmed_by_id"),
        ),
        "bank account": FourEyes(
            acts=("prove_bank_account",),
            begins="the finance officer who saw which account a transfer of proof came from",
            decides="a second finance officer of the centre",
            roles=(Role.FINANCE,),
            whose="the organization",
            kept=Kept("treasury_bankaccount", "vouched_by_id", "proved_by_id"),
        ),
        "stated bank account": FourEyes(
            acts=("confirm_bank_account",),
            begins="who states an organization's bank account",
            decides="another owner of the organization, or nobody: then it waits some days",
            roles=(Role.OWNER,),
            whose="the organization",
            is_from_within=True,
            kept=Kept("treasury_bankaccount", "stated_by_id", "confirmed_by_id"),
        ),
        "recognition": FourEyes(
            acts=("approve_recognition", "return_recognition"),
            begins="who proposes what data is booked as",
            decides=REVIEWS,
            roles=REVIEWER,
            whose="the organization that submits it",
            kept=Kept("accounting_recognition", "submitted_by_id", "approved_by_id"),
        ),
    }
)

for _kept in dict.fromkeys(row.kept for row in FOUR_EYES.values()):
    triggers.declare(partial(statements_of, _kept))


def is_second(
    name: str, begun_by_id: UUID | None, by: Actor, *, of: tuple[UUID | None, ...]
) -> bool:
    """Return whether the actor may decide as the second person of a row of the table.

    `begun_by_id` is who took the first step, None where nobody has. `of` are the organizations
    whose matter it is, as `whose` of the row names them: none only where it is the centre's own.

    Raises:
        ValueError: `of` names none and the row does, or the other way round.
    """
    row = FOUR_EYES[name]
    if (row.whose == CENTRE) == bool(of):
        raise ValueError(f"The matter of “{name}” is that of {row.whose}: name it, and no other.")
    return (
        by.has(*row.roles)
        and not by.is_person(begun_by_id)
        and not any(_keeps_out(row, each, by) for each in of)
    )


def _keeps_out(row: FourEyes, organization_id: UUID | None, by: Actor) -> bool:
    if row.is_from_within and by.acts_for(organization_id):
        return False
    return by.belongs_to(organization_id)


def check_independent(by: Actor, *organization_ids: UUID | None) -> None:
    """Refuse whoever belongs to an organization whose matter it is, by whichever account.

    Raises:
        NotAllowed: they do (`own-organization`).
    """
    if by.belongs_to(*organization_ids):
        raise NotAllowed(
            _(
                "You hold an account in an organization that this concerns. A colleague who has "
                "none there does it."
            ),
            code="own-organization",
        )


def check_one_side(by: Actor, *others: UUID | None) -> None:
    """Refuse whoever has an account with the other side of what two organizations agree.

    Nobody represents both sides of one bargain (Civil Code, article 168).

    Raises:
        NotAllowed: they have (`both-sides`).
    """
    if by.belongs_to(*others):
        raise NotAllowed(
            _(
                "You hold an account with the other side, too. Nobody acts for both: a colleague "
                "who has none there does it."
            ),
            code="both-sides",
        )
