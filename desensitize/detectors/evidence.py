"""Why a column is taken for what it is, as a code with parameters and a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from desensitize.detectors.contract import Proposal

EVIDENCE: Mapping[str, str] = MappingProxyType(
    {
        "values_and_header": (
            "{share} % of the sampled values have the form of {kind}, and the header says “{word}”."
        ),
        "values": "{share} % of the sampled values have the form of {kind}.",
        "header": "The header says “{word}”.",
        "header_only": (
            "The header says “{word}”, but only {share} % of the values have the form of {kind}."
        ),
        "unique_values": "Every value is different, so each may name one person or thing.",
        "date_beside_persons": "Dates beside personal fields can help to single a person out.",
        "nothing_found": "Neither the header nor the values point to a person.",
        "no_values": "The column is empty.",
    }
)


def proposal(
    name: str,
    role: str,
    kind: str | None,
    confidence: float,
    code: str,
    /,
    **parameters: str | int | float,
) -> Proposal:
    """Make a proposal with its evidence in words."""
    return Proposal(
        name=name,
        role=role,
        kind=kind,
        confidence=round(min(1.0, max(0.0, confidence)), 3),
        evidence=EVIDENCE[code].format(**parameters),
        evidence_code=code,
        evidence_parameters=parameters,
    )
