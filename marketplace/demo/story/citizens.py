"""What citizens said to a hotline: the messages, the labelled set and the model made of them."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Final

from marketplace.catalog.dataset.choices import PersonalBasis, SourceKind, Theme
from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, Impact
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.demo.story.goods import Proof, PublicCost, Rule
from marketplace.demo.story.hotline import hotline_messages, write_hotline
from marketplace.demo.story.survey import SURVEY
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.trading.listings.listing.services import Offer
from marketplace.trading.listings.plans import Band, Metered, Unit
from marketplace.trading.listings.terms.terms import Terms

GOLD, ITEMS, TRIED = 8, 600, 60
"""So many rows are gold items and items of the project, and of a second one that is under way."""
_TEXT: Final[Rule] = {"role": "sensitive", "mask": "mask_text", "options": {}}
_KEPT: Final[Rule] = {"role": "other", "mask": "keep", "options": {}}
_DROPPED: Final = {"mask": "drop", "options": {}}
_COSTS: Final = {
    "components": {"preliminary": "2000.00", "direct": "18000.00", "indirect": "3000.00"},
    "cost_basis": "replacement",
    "remaining_life_years": "2",
    "total_life_years": "3",
    "sources": {
        "components.preliminary": "Planning record of the bureau, 2025",
        "components.direct": "Working hours of the hotline and labelling, 2025",
        "components.indirect": "Cost accounts of the bureau, 2025",
        "remaining_life_years": "Certificate of the right, less one year of ageing",
        "total_life_years": "Certificate of the right",
    },
}
_CEILING: Final = PublicCost(
    operating_cost=Decimal("90000.00"),
    operating_cost_source="Cost accounts of the bureau, 2025",
    tax=Decimal("5400.00"),
    tax_source="Tax assessment of the bureau, 2025",
    expected_units=12,
    expected_units_source="Letters of intent of cities and software houses",
)
_IMPACT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "purpose": "Sorting messages to hotlines by their matter; names and addresses are gone.",
        "necessity": "Matters cannot be learned without messages; what is personal is masked.",
        "risks": "That a message tells who sent it, or a model who was trained on.",
        "measures": "Masked text, attackers, noise under ε, a contract that forbids to try.",
    }
)
_TERMS: Final = Terms(
    purpose="政务热线分类 Sorting of messages to hotlines of cities",
    restrictions="不得识别来电人。 No attempt to recognize who called.",
    licence_months=24,
)


def write(target: Path, rows: int | None) -> None:
    write_hotline(target, hotline_messages(GOLD + ITEMS))


HOTLINE: Final = replace(
    SURVEY,
    description=replace(
        SURVEY.description,
        title="市民热线留言 Messages to the citizens' hotline",
        abstract=(
            "市民热线的中文留言，全部虚构，内含姓名、电话、住址等个人信息；遮盖后交人标注。 "
            "Messages to a city's hotline, in Chinese. All are invented, and so are the names, "
            "telephone numbers and addresses in them, which are masked before anybody labels them."
        ),
        theme=Theme.COMMERCE,
        source_kind=SourceKind.STATUTORY_DUTY,
        source_description="Invented by a seeded generator of this demonstration.",
        legal_basis="Duties of the hotline; the messages are invented.",
        region="Lanwan",
        time_scope="2025",
        personal_basis=PersonalBasis.LAW,
    ),
    file_name="hotline.csv",
    write=write,
    annotations=(
        ColumnAnnotation("message_id", "留言编号 Message", "Number of the message"),
        ColumnAnnotation("received", "收到时间 Received", "When the message came"),
        ColumnAnnotation("district", "区县 District", "District that it came from"),
        ColumnAnnotation("caller", "来电人 Caller", "Who called, invented"),
        ColumnAnnotation("phone", "电话 Telephone", "Number that called, invented"),
        ColumnAnnotation("message", "留言 Message", "What was said"),
    ),
    impacts=(Impact(HarmedObject.INDIVIDUAL, HarmDegree.GENERAL),),
    rules={
        "message_id": _DROPPED,
        "caller": _DROPPED,
        "phone": _DROPPED,
        "message": _TEXT,
    },
    smallest_class=5,
    proof=Proof(
        kind=EvidenceKind.SOURCE,
        title="热线工作规程 Rules of the hotline",
        file_name="rules-of-the-hotline.txt",
        text="The hotline keeps what callers say in order to answer them. All is invented.\n",
    ),
    term_years=3,
    waiver="Every message is invented, so there is nobody whom a notice could reach.",
    costs=_COSTS,
    public_cost=_CEILING,
    assessment=dict(_IMPACT),
)
_AUTHORIZED: Final = Proof(
    kind=EvidenceKind.AUTHORIZATION,
    title="原数据登记证书 Certificate of the data that was used",
    file_name="certificate-of-the-messages.txt",
    text="The bureau holds the certified right over the messages that this was made of.\n",
)
LABELLED: Final = replace(
    HOTLINE,
    description=replace(
        HOTLINE.description,
        title="市民诉求分类标注集 Messages by matter, labelled",
        abstract=(
            "六百零八条遮盖后的热线留言，其中六百条由三人按八类事项标注，重叠、仲裁并抽样验收。 "
            "608 masked messages; three people sorted 600 of them into eight matters, with "
            "overlap, arbitration and acceptance by sample. All messages are invented."
        ),
    ),
    annotations=(
        ColumnAnnotation("message", "留言 Message", "What was said, masked"),
        ColumnAnnotation("label", "事项 Matter", "Code of the matter that people agreed on"),
    ),
    rules={"message": _TEXT, "label": _KEPT},
    proof=_AUTHORIZED,
    processing=Proof(
        kind=EvidenceKind.PROCESSING,
        title="标注与验收记录 Record of labelling and acceptance",
        file_name="record-of-labelling.txt",
        text="Masked, labelled by three people, arbitrated and accepted by sample.\n",
    ),
    offer=Offer(
        title="市民诉求分类标注集（文件） Messages by matter, as a file",
        summary=(
            "六百零八条留言与事项标签，附一致性系数。 608 masked messages with their matter, "
            "600 of them labelled by three people, with how far they agreed."
        ),
        price=Decimal("1800.00"),
        terms=_TERMS,
    ),
)
MATTERS: Final = replace(
    LABELLED,
    description=replace(
        LABELLED.description,
        title="留言分类模型 Model of messages by matter",
        abstract=(
            "从标注集计数而得、以噪声隐藏每一行的模型，判断留言属于哪类事项。 "
            "Counted from the labelled set with noise that hides each row; it tells of a message "
            "which of eight matters it is of."
        ),
    ),
    annotations=(
        ColumnAnnotation("message", "留言 Message", "What was said"),
        ColumnAnnotation("label", "事项 Matter", "Code of the likeliest matter"),
    ),
    processing=Proof(
        kind=EvidenceKind.PROCESSING,
        title="训练记录 Record of the training",
        file_name="record-of-training.txt",
        text="Counted by declared words under an ε; card and credential are the record.\n",
    ),
    # A model is of nobody: attackers, not an assessment, say what it tells of rows.
    assessment=None,
    offer=Offer(
        title="市民诉求分类（按行调用） Matters of messages, scored by the row",
        summary=(
            "模型不出中心，按行计费。 The model stays in the centre and is paid by the row that "
            "it scores; card and credential say what was measured of it."
        ),
        plan=Metered(
            unit=Unit.ROW.value,
            bands=(Band(0, Decimal("0.20")), Band(10_000, Decimal("0.12"))),
            cap=Decimal("200.00"),
        ),
        delivery_mode="scoring",
        terms=_TERMS,
    ),
)
WORDS: Final = (
    "噪音 噪声 声音 音量 吵 施工 装修 鸣笛",
    "停水 停电 自来水 水压 水管 水费 水箱 跳闸 电表 电缆",
    "红绿灯 路面 堵 修路 斑马线 闯红灯 公交 单车 司机",
    "垃圾 臭 打扫 脏 污水 油污 烟",
    "医保 社保 社会保险 养老 退休 失业 津贴 补贴 工伤 报销",
    "学校 学籍 学位 入学 校服 作业 幼儿园 培训 补课 学费",
    "物业 业主 业委会 电梯 门禁 保安",
    "退款 退货 假货 过期 会员卡 超市 外卖 老板",
)
"""What the officer declares: words by which somebody who knows the matters would know each."""
