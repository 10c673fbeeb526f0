"""What the review API takes and gives."""

from marketplace.core import is_open
from marketplace.review.models import Case, OrganizationDocument
from marketplace.review.rules import check_decide_case
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor


class CaseOut(serializers.ModelSerializer[Case]):
    """A case. `subject` is the thing that is decided on, as kind and id, such as `claim:…`.

    `may_decide` tells whether the caller is one who may decide it; that is done by the act of the
    thing itself, such as `publish_listing`.
    """

    may_decide = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = (
            "id",
            "kind",
            "subject",
            "organization_id",
            "submitted_by_id",
            "state",
            "decided_by_id",
            "decided_at",
            "reason",
            "checklist",
            "may_decide",
            "created_at",
        )

    def get_may_decide(self, case: Case) -> bool:
        """Ask the rule of every decision."""
        return is_open(check_decide_case, case, actor(self.context["request"]))


class OrganizationDocumentOut(serializers.ModelSerializer[OrganizationDocument]):
    """A document by which an organization is verified; its bytes are opened on its page."""

    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size")
    sha256 = serializers.CharField(source="file.sha256")

    class Meta:
        model = OrganizationDocument
        fields = ("id", "organization", "kind", "name", "size", "sha256", "created_at")
