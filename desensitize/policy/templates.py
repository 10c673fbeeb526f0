"""Ready-made ways from proposals to a policy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from desensitize.detectors import Proposal
from desensitize.errors import DesensitizeError, nearest
from desensitize.policy.column_rule import ColumnRule
from desensitize.policy.model import Policy


@dataclass(frozen=True)
class Template:
    """Say which mask each role and kind gets, and the smallest class to reach."""

    smallest_class: int
    masks: Mapping[str, str]
    direct_masks: Mapping[str, str] = field(default_factory=dict)

    def rule(self, proposal: Proposal, *, is_about_persons: bool = False) -> ColumnRule:
        """Return the rule for one proposal, in a table that may be about persons."""
        role, mask = proposal.role, self.masks[proposal.role]
        if role == "direct" and proposal.kind is not None:
            mask = self.direct_masks.get(proposal.kind, mask)
        # What is different in every row may be a key to persons that nobody can tell by its form.
        if proposal.evidence_code == "unique_values":
            mask = "drop"
        # Beside persons it leads whoever holds the source, or knows one value, to a row.
        if is_about_persons and proposal.evidence_code in ("serial_numbers", "record_keys"):
            mask = "drop"
        # Wages and the like are what somebody wants to learn of a person.
        if is_about_persons and proposal.evidence_code == "near_unique":
            role, mask = "sensitive", self.masks["sensitive"]
        if mask == "mask_text":
            # Without its numbers and names a text points to nobody at once, but speaks of somebody.
            role = "sensitive"
        return ColumnRule(proposal.name, role, mask)


# One place or day in a table is no person yet; features of several kinds together are.
LEAST_PERSONAL = 2

NUMBERS_THAT_JOIN = (
    "CN_ID",
    "CN_ID_PARTIAL",
    "HK_MO_TW_ID",
    "US_SSN",
    "CN_PASSPORT",
    "CN_OFFICER",
    "CN_DRIVER",
    "BORDER_PERMIT",
    "CN_PLATE",
    "VIN",
    "RECORD_KEY",
    "IMEI",
    "MAC",
)
"""What tells one person or thing from another in every table: a pseudonym keeps that."""

WAYS_TO_REACH = (
    "CN_NAME",
    "EN_NAME",
    "CN_MOBILE",
    "CN_MOBILE_PARTIAL",
    "CN_LANDLINE",
    "PHONE",
    "EMAIL",
    "BANK_CARD",
    "IBAN",
    "IP",
)
"""What nobody needs once the persons have pseudonyms; that there was one can be seen.

Other direct identifiers, such as addresses, are left out as a whole. FF1 is proposed for none: see
its page among the masks.
"""

TEMPLATES: Mapping[str, Template] = MappingProxyType(
    {
        "standard": Template(
            smallest_class=5,
            masks={"direct": "drop", "quasi": "generalize", "sensitive": "keep", "other": "keep"},
            direct_masks=dict.fromkeys(NUMBERS_THAT_JOIN, "pseudonym")
            | dict.fromkeys(WAYS_TO_REACH, "redact")
            | {"FREE_TEXT_PII": "mask_text"},
        ),
        "open_data": Template(
            smallest_class=10,
            masks={"direct": "drop", "quasi": "generalize", "sensitive": "keep", "other": "keep"},
        ),
        "strict": Template(
            smallest_class=20,
            masks={"direct": "drop", "quasi": "generalize", "sensitive": "drop", "other": "keep"},
        ),
    }
)


def policy_from_template(name: str, proposals: Sequence[Proposal]) -> Policy:
    """Make a policy for the proposed columns by the template `name`.

    Raises:
        DesensitizeError: `unknown-template`.
    """
    if name not in TEMPLATES:
        raise DesensitizeError("unknown-template", name=name, nearest=nearest(name, TEMPLATES))
    template = TEMPLATES[name]
    persons = _are_about_persons(proposals)
    rules = tuple(template.rule(one, is_about_persons=persons) for one in proposals)
    return Policy(columns=rules, smallest_class=template.smallest_class)


def _are_about_persons(proposals: Sequence[Proposal]) -> bool:
    roles = [proposal.role for proposal in proposals]
    if "direct" in roles:
        return True
    return len(roles) - roles.count("other") >= LEAST_PERSONAL
