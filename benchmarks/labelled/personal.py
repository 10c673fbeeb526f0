"""Columns of personal fields in the forms that they come in."""

from collections.abc import Callable

from benchmarks.labelled.inventor import (
    CITIES,
    GIVEN,
    ROADS,
    SURNAMES,
    Inventor,
    full_width,
    grouped,
)
from benchmarks.labelled.numbers import (
    card_number,
    credit_code,
    mobile_number,
    resident_id,
    taiwan_id,
)

Maker = Callable[[Inventor], object]
Roles = tuple[str, ...]

FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%d/%m/%Y", "%Y%m%d")
BANKS, NETWORKS = ("622202", "622848", "621700"), ("62", "4", "51", "55")
FIRMS = ("科技有限公司", "第一人民医院", "贸易有限责任公司", "第二中学", "建筑集团", "律师事务所")
POSTAL = ("10", "20", "51", "31", "33", "41", "43", "61", "71", "21")


def _formatted_mobile(i: Inventor) -> str:
    number = mobile_number(i.random)
    by = i.one(" ", "-", "")
    return i.one("+86 ", "+86-", "86", "", "") + grouped(number, 3, 4, by=by)


def _village(i: Inventor) -> str:
    county, town, village = i.one("郸城", "太康", "鹿邑"), i.one(*SURNAMES), i.one(*SURNAMES)
    return f"河南省周口市{county}县{town}家镇{village}庄村{i.number(1, 20)}组{i.number(1, 90)}号"


def _passport(i: Inventor) -> str:
    return i.one("E" + i.digits(8), "G" + i.digits(8), f"E{i.one(*'ABCDEF')}{i.digits(7)}")


def _new_energy(i: Inventor) -> str:
    return i.one(i.plate(), i.plate()[:2] + i.one("D", "F") + i.digits(5))


def _organization(i: Inventor) -> str:
    return i.one("深圳", "杭州", "北京", "成都") + i.one(*GIVEN) + i.one(*GIVEN) + i.one(*FIRMS)


def _point(i: Inventor) -> str:
    return f"{i.random.uniform(22, 40):.6f},{i.random.uniform(100, 121):.6f}"


def _call(i: Inventor) -> str:
    english = i.english
    return f"Please call {english.name()} at {english.phone_number()} or mail {english.email()}."


def _mixed_date(i: Inventor) -> str:
    return i.moment().strftime(i.one(*FORMS))


DIRECT, QUASI, SENSITIVE = ("direct",), ("quasi",), ("sensitive",)
DATED, FIRM, PLACED = ("quasi", "other"), ("other", "quasi", "direct"), ("quasi", "sensitive")

PERSONAL: dict[str, tuple[str | None, Roles, Maker]] = {
    "身份证号": ("CN_ID", DIRECT, lambda i: resident_id(i.random)),
    "id_card": ("CN_ID", DIRECT, lambda i: i.chinese.ssn()),
    "sfz15": ("CN_ID", DIRECT, lambda i: resident_id(i.random, short=True)),
    "shenfenzheng": ("CN_ID", DIRECT, lambda i: resident_id(i.random, short=i.number(0, 2) == 0)),
    "id spaced": ("CN_ID", DIRECT, lambda i: grouped(resident_id(i.random), 6, 8)),
    "id wide": ("CN_ID", DIRECT, lambda i: full_width(resident_id(i.random))),
    "手机号": ("CN_MOBILE", DIRECT, lambda i: mobile_number(i.random)),
    "mobile": ("CN_MOBILE", DIRECT, lambda i: i.chinese.phone_number()),
    "mobile formatted": ("CN_MOBILE", DIRECT, _formatted_mobile),
    "shouji": ("CN_MOBILE", DIRECT, lambda i: int(mobile_number(i.random))),
    "mobile wide": ("CN_MOBILE", DIRECT, lambda i: full_width(mobile_number(i.random))),
    "座机": ("CN_LANDLINE", DIRECT, lambda i: i.landline()),
    "landline": ("CN_LANDLINE", DIRECT, lambda i: i.landline() + i.one("", "-801", "转8012")),
    "guhua": ("CN_LANDLINE", DIRECT, lambda i: "({}){}".format(*i.landline().split("-"))),
    "landline plain": ("CN_LANDLINE", DIRECT, lambda i: i.landline().replace("-", "")),
    "姓名": ("CN_NAME", DIRECT, lambda i: i.name()),
    "name": ("CN_NAME", DIRECT, lambda i: i.chinese.name()),
    "English name": ("EN_NAME", DIRECT, lambda i: i.english.name()),
    "pinyin name": ("EN_NAME", DIRECT, lambda i: i.pinyin_name()),
    "姓名拼音": ("EN_NAME", DIRECT, lambda i: i.pinyin_name().upper()),
    "住址": ("CN_ADDRESS", DIRECT, lambda i: i.home()),
    "address": ("CN_ADDRESS", DIRECT, lambda i: i.chinese.address()),
    "dizhi": (
        "CN_ADDRESS",
        DIRECT,
        lambda i: f"{i.one(*CITIES)[3:]}{i.one(*ROADS)}{i.number(1, 300)}号",
    ),
    "户籍地": ("CN_ADDRESS", DIRECT, _village),
    "车牌": ("CN_PLATE", DIRECT, lambda i: i.plate()),
    "plate number": ("CN_PLATE", DIRECT, _new_energy),
    "chepai": ("CN_PLATE", DIRECT, lambda i: i.chinese.license_plate()),
    "plate dotted": ("CN_PLATE", DIRECT, lambda i: grouped(i.plate(), 2, by="·")),
    "护照": ("CN_PASSPORT", DIRECT, lambda i: "E" + i.digits(8)),
    "passport": ("CN_PASSPORT", DIRECT, _passport),
    "huzhao": ("CN_PASSPORT", DIRECT, lambda i: i.chinese.passport_number()),
    "信用代码": ("CN_USCC", FIRM, lambda i: credit_code(i.random)),
    "银行卡号": ("BANK_CARD", DIRECT, lambda i: card_number(i.random, i.one(*BANKS), 19)),
    "card no": ("BANK_CARD", DIRECT, lambda i: card_number(i.random, i.one(*NETWORKS), 16)),
    "kahao": (
        "BANK_CARD",
        DIRECT,
        lambda i: grouped(card_number(i.random, "6222", 16), 4, 4, 4),
    ),
    "credit card": ("BANK_CARD", DIRECT, lambda i: i.chinese.credit_card_number()),
    "邮箱": ("EMAIL", DIRECT, lambda i: i.chinese.email()),
    "email": ("EMAIL", DIRECT, lambda i: i.english.company_email()),
    "IP": ("IP", DIRECT, lambda i: i.english.ipv4()),
    "ip private": ("IP", DIRECT, lambda i: i.english.ipv4_private()),
    "ip v6": ("IP", DIRECT, lambda i: i.one(i.english.ipv6(), i.english.ipv4())),
    "单位": ("ORG", FIRM, lambda i: i.chinese.company()),
    "company": ("ORG", FIRM, lambda i: i.english.company()),
    "gongsi": ("ORG", FIRM, _organization),
    "日期": ("DATE", DATED, lambda i: i.moment().strftime("%Y-%m-%d")),
    "date mixed": ("DATE", DATED, _mixed_date),
    "date typed": ("DATE", DATED, lambda i: i.moment().date()),
    "时间": ("DATE", DATED, lambda i: i.moment()),
    "出生日期": ("DATE", QUASI, lambda i: i.moment(1945, 2007).strftime("%Y-%m-%d")),
    "riqi": ("DATE", DATED, lambda i: int(i.moment().strftime("%Y%m%d"))),
    "date US": ("DATE", DATED, lambda i: i.moment().strftime("%m/%d/%Y")),
    "经纬度": ("GEO", PLACED, _point),
    "longitude": ("GEO", PLACED, lambda i: round(i.random.uniform(113, 122), 6)),
    "latitude": ("GEO", PLACED, lambda i: round(i.random.uniform(22, 41), 6)),
    "性别": ("GENDER", QUASI, lambda i: i.one("男", "女")),
    "gender": ("GENDER", QUASI, lambda i: i.one("M", "F")),
    "sex": ("GENDER", QUASI, lambda i: i.one("male", "female", "Male", "Female")),
    "xingbie": ("GENDER", QUASI, lambda i: i.one("男", "女", "男", "女", "未知")),
    "邮编": ("POSTCODE", QUASI, lambda i: i.chinese.postcode()),
    "postcode": (
        "POSTCODE",
        QUASI,
        lambda i: i.one(*POSTAL) + i.digits(2) + i.one("00", i.digits(2)),
    ),
    "备注": ("FREE_TEXT_PII", DIRECT, lambda i: i.note()),
    "note": (
        "FREE_TEXT_PII",
        DIRECT,
        lambda i: i.note() if i.number(1, 6) == 1 else i.chinese.sentence(),
    ),
    "comment": ("FREE_TEXT_PII", DIRECT, _call),
    "姓名 (few)": ("CN_NAME", DIRECT, lambda i: i.one("张三", "李四", "王五", "赵六", "孙八")),
    "name spaced": ("CN_NAME", DIRECT, lambda i: grouped(i.name(), 1)),
    "pinyin in one": (
        "EN_NAME",
        DIRECT,
        lambda i: i.pinyin_name().replace(" ", "").lower(),
    ),
    "first name": ("EN_NAME", DIRECT, lambda i: i.english.first_name()),
    "name in small letters": ("EN_NAME", DIRECT, lambda i: i.english.name().lower()),
    "date of two digits": ("DATE", DATED, lambda i: i.moment().strftime("%y-%m-%d")),
    "date with weekday": ("DATE", DATED, lambda i: i.moment().strftime("%A, %d %B %Y")),
    "geo named": (
        "GEO",
        PLACED,
        lambda i: "lat:{},lng:{}".format(*_point(i).split(",")),
    ),
    "geo coarse": (
        "GEO",
        PLACED,
        lambda i: f"{i.random.uniform(22, 40):.2f},{i.random.uniform(100, 121):.2f}",
    ),
    "company (few)": (
        "ORG",
        FIRM,
        lambda i: i.one(
            "北京大学", "中国银行", "协和医院", "华为技术有限公司", "中国移动通信集团", "招商银行"
        ),
    ),
    "contact": (
        "FREE_TEXT_PII",
        DIRECT,
        lambda i: f"{i.name()} {mobile_number(i.random)} {i.home()}",
    ),
    "MAC": ("MAC", DIRECT, lambda i: i.english.mac_address()),
    "IBAN": ("IBAN", DIRECT, lambda i: i.english.iban()),
    "SSN": ("US_SSN", DIRECT, lambda i: i.english.ssn()),
    "US phone": (
        "PHONE",
        DIRECT,
        lambda i: f"({i.number(201, 989)}) {i.number(200, 999)}-{i.digits(4)}",
    ),
    "US address": ("ADDRESS", DIRECT, lambda i: i.english.address()),
    "军官证": ("CN_OFFICER", DIRECT, lambda i: f"{i.one(*'军武海空')}字第{i.digits(7)}号"),
    "台湾身份证": ("HK_MO_TW_ID", DIRECT, lambda i: taiwan_id(i.random)),
    "通行证": ("BORDER_PERMIT", DIRECT, lambda i: i.one("H", "M") + i.digits(8)),
    "民族": ("ETHNICITY", QUASI, lambda i: i.one("汉族", "汉族", "回族", "满族", "壮族")),
    "宗教": ("RELIGION", SENSITIVE, lambda i: i.one("佛教", "无", "基督教", "伊斯兰教")),
    "血型": ("BLOOD_TYPE", SENSITIVE, lambda i: i.one("A", "B", "O", "AB")),
    "婚姻状况": ("MARITAL_STATUS", QUASI, lambda i: i.one("未婚", "已婚", "离异", "丧偶")),
    "学历": ("EDUCATION", QUASI, lambda i: i.one("高中", "大专", "本科", "硕士", "博士")),
    "诊断": (
        "DIAGNOSIS",
        SENSITIVE,
        lambda i: i.one("高血压", "2型糖尿病", "慢性胃炎", "肺炎", "冠心病"),
    ),
    "政治面貌": ("POLITICAL_STATUS", SENSITIVE, lambda i: i.one("群众", "中共党员", "共青团员")),
    "job": (None, DATED, lambda i: i.chinese.job()),
    "职业": (None, QUASI, lambda i: i.one("教师", "医生", "工程师", "公务员", "司机")),
    "city": (None, DATED, lambda i: i.one("北京市", "上海市", "深圳市", "杭州市")),
    "province": (None, DATED, lambda i: i.chinese.province()),
}
