"""Numbers and codes by which an organization keeps its people apart."""

from desensitize.detectors.contract import Detector

PEOPLE = (
    "employee", "staff", "worker", "personnel", "person", "patient", "student", "pupil",
    "user", "subscriber", "respondent", "participant", "insured", "citizen", "resident", "taxpayer",
)  # fmt: skip
CHINESE_PEOPLE = (
    "员工", "职工", "人员", "会员", "患者", "病人", "学生", "用户", "客户", "参保人", "纳税人",
)  # fmt: skip

DETECTOR = Detector(
    kind="RECORD_KEY",
    role="direct",
    # Longer runs of letters and digits are pseudonyms and hashes; a mask's marks are no key.
    pattern=(
        r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._/#-]{0,14}"
        r"|(?i:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
    ),
    # Nothing in a value tells that it stands for a person.
    needs_header=True,
    minimum_distinct=5,
    headers=(
        *(f"{one} {word}" for one in PEOPLE for word in ("id", "no", "number", "code", "key")),
        *(
            f"{one}{word}"
            for one in CHINESE_PEOPLE
            for word in ("编号", "编码", "id", "号", "代码")
        ),
        "customer id",
        "client id",
        "member id",
        "member no",
        "membership number",
        "medical record number",
        "mrn",
        "payroll number",
        "payroll no",
        "社保号",
        "医保号",
        "医保卡号",
        "社保卡号",
        "工号",
        "学号",
        "学籍号",
        "警号",
        "病历号",
        "病案号",
        "住院号",
        "门诊号",
        "就诊卡号",
        "yuangongbianhao",
        "yuangonghao",
        "gonghao",
        "xuehao",
        "huiyuanhao",
        "ygbh",
    ),
)
