"""Classes of a whole item: one, or several."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.annotation.agreement.measured import Answers, LabelQuality, measured_by_class
from marketplace.annotation.kinds.kind import Answer, Kind, Part, Scheme, Texts
from marketplace.web.bounded import forms


def choices_of(scheme: Scheme) -> list[tuple[str, str]]:
    return [(one.code, f"{one.key} · {one.label}") for one in scheme.classes]


class OfClasses(Kind):
    """What kinds have in common that choose among the classes of the project."""

    part = Part.CLASSES
    field = "classes"
    form_field: ClassVar[type[forms.ChoiceField]]
    widget: ClassVar[type[forms.Widget]]
    asks_for: ClassVar[Any]

    def fields(self, scheme: Scheme, texts: Texts) -> dict[str, Any]:
        chosen = self.form_field(
            label=self.asks_for, required=False, choices=choices_of(scheme), widget=self.widget
        )
        return {"classes": chosen}

    def fault(self, scheme: Scheme, answer: Answer, texts: Texts) -> str:
        is_other = answer.text or answer.fields is not None or answer.spans
        if is_other or not set(answer.classes) <= scheme.codes:
            return _("Choose among the classes of this project.")
        if not answer.classes:
            return _("Choose a class, or skip the item and say why.")
        if len(set(answer.classes)) > 1 and self.has_one:
            return _("Choose one class alone.")
        return ""

    def ordered_answer(self, scheme: Scheme, answer: Answer, texts: Texts) -> Answer:
        return Answer(tuple(code for code in scheme.names if code in answer.classes))

    def measured(self, answers: Answers, scheme: Scheme, columns: Sequence[str]) -> LabelQuality:
        return measured_by_class(answers, scheme.names, has_one=self.has_one)

    def worded(self, scheme: Scheme, answer: Answer, texts: Texts, labels: Texts) -> str:
        return ", ".join(scheme.label_of(code) for code in answer.classes)

    def cell(self, answer: Mapping[str, Any]) -> str:
        return ";".join(answer["classes"])


class OneClass(OfClasses):
    code = "one"
    label = gettext_lazy("One class")
    told_as = "one_class"
    has_one = True
    form_field, widget = forms.ChoiceField, forms.RadioSelect
    asks_for = gettext_lazy("Class")

    def answer_of(self, cleaned: Mapping[str, Any], texts: Texts) -> Answer:
        return Answer((cleaned["classes"],) * bool(cleaned["classes"]))

    def filled(self, answer: Answer, texts: Texts) -> dict[str, Any]:
        return {"classes": "".join(answer.classes[:1])}


class SeveralClasses(OfClasses):
    code = "several"
    label = gettext_lazy("One or several classes")
    told_as = "several_classes"
    form_field, widget = forms.MultipleChoiceField, forms.CheckboxSelectMultiple
    asks_for = gettext_lazy("Classes")

    def answer_of(self, cleaned: Mapping[str, Any], texts: Texts) -> Answer:
        return Answer(tuple(cleaned["classes"]))

    def filled(self, answer: Answer, texts: Texts) -> dict[str, Any]:
        return {"classes": list(answer.classes)}
