"""What members of a bookshop chain bought: personal information, sold by their consent."""

from decimal import Decimal
from typing import Final

from marketplace.catalog.dataset.choices import (
    AssetKind,
    PersonalBasis,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, Impact
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.demo.story.cast import PLATFORM, PLATFORM_OFFICER
from marketplace.demo.story.goods import Goods, Proof, Rule
from marketplace.demo.story.members import DISTRICTS, write_members
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.right.choices import Right
from marketplace.trading.listings.listing.services import Offer
from marketplace.trading.listings.terms.terms import Terms

MEMBER_ANNOTATIONS: Final = (
    ColumnAnnotation("member_number", "会员号 Member", "Number of the membership card, invented"),
    ColumnAnnotation("age", "年龄 Age", "Age at the end of the year", "years"),
    ColumnAnnotation("sex", "性别 Sex", "Sex as stated", code_list="F = woman\nM = man"),
    ColumnAnnotation("district", "所在片区 District", "District of the shop that is visited most"),
    ColumnAnnotation("purchases", "购买次数 Purchases", "Purchases in the year", "purchases"),
    ColumnAnnotation("spent", "消费金额 Spent", "Paid in the year", "CNY"),
    ColumnAnnotation("favourite_subject", "偏好题材 Favourite subject", "Most of what was bought"),
)
_CENTRE: Final = ("Harbour", "Old Town", "Riverside")
_GROUPS: Final = {
    "age": [[str(age), f"{age // 10 * 10}-{age // 10 * 10 + 9}", "*"] for age in range(10, 100)],
    "sex": [["F", "*"], ["M", "*"]],
    "district": [
        [name, "Centre" if name in _CENTRE else "Outer districts", "*"] for name in DISTRICTS
    ],
}
# The number becomes a pseudonym, so that a buyer finds a member again in next year's data. Whoever
# does is never anonymous: the data stays personal information, and rests on the members' consent.
RULES: Final[dict[str, Rule]] = {
    "member_number": {"role": "direct", "mask": "pseudonym", "options": {}},
    **{
        name: {"role": "quasi", "mask": "generalize", "options": {"hierarchy": levels}}
        for name, levels in _GROUPS.items()
    },
    "purchases": {"role": "sensitive", "mask": "keep", "options": {}},
    "spent": {"role": "sensitive", "mask": "drop", "options": {}},
    "favourite_subject": {"role": "sensitive", "mask": "keep", "options": {}},
}

MEMBER_PURCHASES: Final = Goods(
    officer=PLATFORM_OFFICER,
    description=DatasetDescription(
        title="书店会员 Members of the Lanwan bookshops",
        abstract=(
            "4,000 名书店会员一年的购买情况；会员与购买均为虚构，会员号为假名，经同意出售。 "
            "What 4,000 members of a bookshop chain bought in a year, one row a member. Members, "
            "numbers and purchases are invented. The card's number leaves as a pseudonym, by "
            "which a member is found again next year: personal information, sold by consent."
        ),
        theme=Theme.COMMERCE,
        asset_kind=AssetKind.MARKET,
        source_kind=SourceKind.AUTHORIZED_COLLECTION,
        source_description="Invented by a seeded generator of this demonstration.",
        legal_basis=(
            "Separate consent of each member to the sale of purchases under a pseudonym, for "
            "market research (Personal Information Protection Law, articles 13 and 23)."
        ),
        region="Lanwan",
        time_scope="2025",
        update_frequency=UpdateFrequency.YEARLY,
        contact=PLATFORM.contact,
        personal_basis=PersonalBasis.CONSENT,
    ),
    file_name="bookshop-members.csv",
    write=write_members,
    annotations=MEMBER_ANNOTATIONS,
    impacts=(Impact(HarmedObject.INDIVIDUAL, HarmDegree.GENERAL),),
    rules=RULES,
    proof=Proof(
        kind=EvidenceKind.AUTHORIZATION,
        title="Form of consent, and authorization of the bookshops",
        file_name="form-of-consent.txt",
        text=(
            "I agree that what I buy with my card is sold under a pseudonym for market research, "
            "together with my age group, sex and part of the town. I can withdraw this at any "
            "counter.\n"
            "The bookshops authorize the platform to offer the data of those who agreed. All of "
            "them are invented.\n"
        ),
    ),
    industry="F",
    rights=frozenset({Right.USE.value, Right.OPERATE.value}),
    term_years=3,
    waiver="The members agreed one by one, and nobody else claims what their cards recorded.",
    costs={
        "components": {"preliminary": "3000.00", "direct": "26000.00", "indirect": "4000.00"},
        "cost_basis": "replacement",
        "remaining_life_years": "2",
        "total_life_years": "3",
        "sources": {
            "components.preliminary": "Planning record of the platform, 2025",
            "components.direct": "Working hours of the platform, 2025",
            "components.indirect": "Cost accounts of the platform, 2025",
            "remaining_life_years": "Certificate of the right, less one year of ageing",
            "total_life_years": "Certificate of the right",
        },
    },
    offer=Offer(
        title="2025 年书店会员（去标识化） Bookshop members 2025, de-identified",
        summary=(
            "4,000 名会员按年龄段与片区的购买次数与偏好题材，以假名提供，仍属个人信息。 "
            "Purchases and favourite subject of 4,000 members by age group, sex and part of the "
            "town, each under a pseudonym that stays the same from year to year. Still personal "
            "information: the buyer needs a purpose that the members agreed to."
        ),
        price=Decimal("960.00"),
        terms=Terms(
            purpose="图书市场研究 Market research on books",
            restrictions="不得识别或联系会员。 No attempt to recognize a member, and no contact.",
            licence_months=12,
        ),
    ),
    assessment={
        "purpose": "Market research on books, under pseudonyms that stay the same over the years.",
        "necessity": "Members agreed to it; habits over time cannot be seen without a pseudonym.",
        "risks": "Who knows much of a member might recognize the row and learn what they read.",
        "measures": "Age groups, parts of the town, pseudonyms, a contract forbidding to try.",
    },
)
