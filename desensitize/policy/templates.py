"""Ready-made ways from proposals to a policy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from desensitize.detectors import Proposal
from desensitize.errors import DesensitizeError, nearest
from desensitize.policy.model import ColumnRule, Policy


@dataclass(frozen=True)
class Template:
    """Say which mask each role and kind gets, and the smallest class to reach."""

    smallest_class: int
    masks: Mapping[str, str]
    direct_masks: Mapping[str, str] = field(default_factory=dict)

    def rule(self, proposal: Proposal) -> ColumnRule:
        """Answer the rule for one proposal."""
        mask = self.masks[proposal.role]
        if proposal.role == "direct" and proposal.kind is not None:
            mask = self.direct_masks.get(proposal.kind, mask)
        # What is different in every row may be a key to persons that nobody can tell by its form.
        if proposal.evidence_code == "unique_values":
            mask = "drop"
        return ColumnRule(proposal.name, proposal.role, mask)


TEMPLATES: Mapping[str, Template] = MappingProxyType(
    {
        "standard": Template(
            smallest_class=5,
            masks={"direct": "drop", "quasi": "generalize", "sensitive": "keep", "other": "keep"},
            direct_masks={
                "CN_ID": "pseudonym",
                "CN_NAME": "redact",
                "CN_MOBILE": "redact",
                "BANK_CARD": "redact",
                "EMAIL": "redact",
                "CN_LANDLINE": "redact",
                "PHONE": "redact",
                "EN_NAME": "redact",
            },
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
        DesensitizeError: `unknown_template`.
    """
    if name not in TEMPLATES:
        raise DesensitizeError("unknown_template", name=name, nearest=nearest(name, TEMPLATES))
    template = TEMPLATES[name]
    rules = tuple(template.rule(proposal) for proposal in proposals)
    return Policy(columns=rules, smallest_class=template.smallest_class)
