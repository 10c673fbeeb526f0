from marketplace.accounts.setting.models import Announcement, CentreSetting
from marketplace.accounts.setting.rules import acts_on_setting
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class CentreSettingOut(serializers.ModelSerializer[CentreSetting]):
    """The centre's fee or bank account, as it was proposed and confirmed."""

    class Meta:
        model = CentreSetting
        fields: tuple[str, ...] = (
            *("id", "kind", "rate", "account", "effective_on", "reason", "state", "answer"),
            *("created_at", "decided_at"),
        )


class OneCentreSettingOut(CentreSettingOut):
    """A setting with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_setting)

    class Meta(CentreSettingOut.Meta):
        fields: tuple[str, ...] = (*CentreSettingOut.Meta.fields, "acts")


class AnnouncementOut(serializers.ModelSerializer[Announcement]):
    """What stands or stood on every page."""

    class Meta:
        model = Announcement
        fields = ("id", "text", "text_chinese", "until", "created_at", "ended_at")
