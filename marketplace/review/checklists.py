"""What a reviewer must have looked at before approving."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.review.models import CaseKind

CHECKLISTS: dict[str, tuple[tuple[str, Promise], ...]] = {
    CaseKind.CONTENT: (
        ("lawful-source", _("The source is lawful and the legal basis fits it.")),
        ("description-true", _("Title, abstract and column meanings say what the data is.")),
        ("no-forbidden-content", _("There is no state secret and nothing on the negative list.")),
        ("grade-fits", _("The grade fits the harm that misuse could do.")),
    ),
    # Each column is a point of its own, by its name.
    CaseKind.ROLES: (),
    CaseKind.RIGHT: (
        ("accurate", _("The description of the data is accurate.")),
        ("lawful", _("The source is lawful and the evidence shows it.")),
        ("clear", _("The right is clear: nobody else's claim stands against it.")),
    ),
    CaseKind.VALUATION: (
        ("inputs-sourced", _("Each input has a source.")),
        ("method-fits", _("The method fits the purpose and the right that is held.")),
        ("warnings-read", _("The warnings were read and the figure still holds.")),
    ),
    CaseKind.CEILING: (
        ("cost-shown", _("The operating cost belongs to this data and has its source.")),
        ("tax-lawful", _("The tax is what the law asks for.")),
        ("units-likely", _("The licences expected are likely, so that the price is not too high.")),
    ),
    CaseKind.LISTING: (
        ("proofs-read", _("Certificate, risk report and valuation were read.")),
        ("terms-lawful", _("Purpose, terms and delivery mode are lawful for this grade.")),
        ("sheet-true", _("What the buyer will read is true and complete.")),
    ),
    CaseKind.BOOKING: (
        ("vouchers-stand", _("Each amount comes from a voucher of this data.")),
        ("evidence-shows", _("The evidence shows what each answer says.")),
        ("no-appraisal", _("No figure comes from an appraisal.")),
    ),
}
