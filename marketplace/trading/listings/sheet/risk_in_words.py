"""What the attackers found, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.preparation.report.models import Verdict
from marketplace.preparation.report.outcomes import count
from marketplace.preparation.report.presentation import synthetic_in_words
from marketplace.web.shares import percent


def risk_in_words(risk: Mapping[str, Any]) -> list[str]:
    """Say what somebody who looks for a person in the data could find, in whole sentences.

    Nothing is said of what was not measured.
    """
    figures, verdict = risk["figures"], risk["verdict"]
    sentences = []
    if verdict == Verdict.NO_PERSONAL_INFORMATION:
        sentences.append(_("No column tells anything about a person."))
    elif verdict == Verdict.ANONYMOUS:
        sentences.append(_("The data is anonymous."))
    elif verdict == Verdict.DE_IDENTIFIED:
        sentences.append(_("The data is still personal information and is used on its basis only."))
    if figures.get("synthetic"):
        sentences.append(synthetic_in_words(figures["synthetic"]))
    sentences += _attackers_in_words(risk["judgement"])
    smallest, rows = int(figures["smallest_class"]), int(figures["rows"])
    if verdict != Verdict.NO_PERSONAL_INFORMATION and smallest and risk.get("quasi_identifiers"):
        sentences.append(
            ngettext(
                "Whoever knows somebody's features from elsewhere finds at least %(count)d row "
                "that fits.",
                "Whoever knows somebody's features from elsewhere finds at least %(count)d rows "
                "that fit, and cannot tell them apart.",
                smallest,
            )
            % {"count": smallest}
        )
        sentences.append(
            _("%(unique)s of %(rows)s rows stand alone with their features.")
            % {"unique": count(int(figures["unique_rows"])), "rows": count(rows)}
        )
    suppressed = int(figures.get("suppressed_rows", 0))
    if suppressed:
        sentences.append(
            _("%(count)s rows (%(share)s) were left out because they stood out.")
            % {"count": count(suppressed), "share": percent(float(figures["suppressed_share"]))}
        )
    return sentences


def _attackers_in_words(judgement: Mapping[str, Any]) -> list[str]:
    tried = [one for one in judgement["attackers"] if one["tried"]]
    if not tried:
        return []
    strongest = max(tried, key=lambda one: float(one["excess"]))
    return [
        _(
            "%(count)d kinds of attackers tried it before it was listed. The strongest was right "
            "in %(rate)s of the cases, where guessing is right in %(control)s."
        )
        % {
            "count": len(tried),
            "rate": percent(float(strongest["rate"])),
            "control": percent(float(strongest["control"])),
        }
    ]
