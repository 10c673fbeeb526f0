"""Membership of parties."""

from desensitize.detectors.contract import Detector

DETECTOR = Detector(
    kind="POLITICAL_STATUS",
    role="sensitive",
    pattern=(
        "(?:中共党员|党员|中共预备党员|预备党员|共青团员|团员|群众|民革党员|民盟盟员|民建会员|民进会员|农工党党员|致公党党员"
        "|九三学社社员|台盟盟员|无党派人士|无党派民主人士|民主党派)"
    ),
    minimum_share=0.95,
    minimum_distinct=2,
    headers=("政治面貌", "党派", "political status", "zhengzhimianmao", "zzmm"),
)
