"""Columns that look personal and are not, and others that nobody should take for personal."""

import uuid

from benchmarks.labelled.inventor import Inventor
from benchmarks.labelled.personal import Maker

GOODS = (
    "苹果手机", "有机牛奶", "蓝牙耳机", "黄金项链", "白色衬衫", "高山绿茶", "金龙鱼油",
    "马铃薯片", "牛肉干", "洗衣液", "笔记本电脑", "方便面", "石榴汁", "毛巾",
)  # fmt: skip
STREETS = ("南京路", "中山路", "人民大道", "解放路", "长江西路", "北京东路", "淮海路", "建设街")
ADJECTIVES = ("Wireless", "Red", "Smart", "Green", "Classic", "Silver")
THINGS = ("Mouse", "Apple", "Watch", "Tea", "Chair", "Lamp")


def _version(i: Inventor) -> str:
    return f"{i.number(1, 5)}.{i.number(0, 20)}.{i.number(0, 30)}.{i.number(0, 9)}"


TRAPS: dict[str, Maker] = {
    "order_no rising": lambda i: str(13_000_000_000 + i.row * 7 + i.number(0, 6)),
    "订单号": lambda i: 13_800_000_000 + i.row,
    "order_no of 11 digits": lambda i: str(i.number(10**10, 10**11 - 1)),
    "order_no from 13 to 19": lambda i: str(i.number(13 * 10**9, 20 * 10**9 - 1)),
    "order_no with a moment": lambda i: f"{i.moment(2024, 2025):%Y%m%d%H%M%S}{i.digits(4)}",
    "order_no with letters": lambda i: f"SO{i.moment(2024, 2025):%Y%m%d}{i.digits(6)}",
    "order_no with gaps": lambda i: 15_000_000_000 + i.row * i.number(1, 5),
    "dish": lambda i: i.one(
        "宫保鸡丁", "鱼香肉丝", "红烧肉", "水煮鱼", "白切鸡", "康师傅红烧牛肉面"
    ),
    "plant": lambda i: i.one("白杨", "黄杨", "牡丹", "石榴", "金桂", "海棠", "马尾松"),
    "book": lambda i: i.one("红楼梦", "西游记", "水浒传", "三国演义", "围城", "活着"),
    "road with place": lambda i: i.one(
        "北京市长安街", "上海市南京路", "深圳市深南大道", "杭州市延安路"
    ),
    "policy number": lambda i: f"P{i.digits(9)}",
    "customer number": lambda i: f"C{i.digits(8)}",
    "document": lambda i: f"粤府〔{i.number(2010, 2024)}〕{i.number(1, 99)}号",
    "train": lambda i: f"{i.one('G', 'D', 'K')}{i.number(1, 9999)}",
    "user agent": lambda i: i.english.user_agent(),
    "token": lambda i: f"{i.random.getrandbits(64):016x}",
    "account": lambda i: i.chinese.user_name(),
    "English account": lambda i: i.english.user_name(),
    "serial of 16": lambda i: str(6_222_020_000_000_000 + i.row),
    "serial of 16, random": lambda i: i.one("6", "4") + i.digits(15),
    "serial of 18, random": lambda i: i.one("1", "3", "5") + i.digits(17),
    "序号": lambda i: i.row + 1,
    "timestamp_ms": lambda i: int(i.moment(2022, 2025).timestamp() * 1000),
    "timestamp": lambda i: int(i.moment(2022, 2025).timestamp()),
    "金额": lambda i: round(i.random.uniform(1, 9999), 2),
    "score": lambda i: i.random.gauss(0, 1),
    "rate": lambda i: i.random.random(),
    "temperature": lambda i: round(i.random.uniform(35, 42), 1),
    "数量": lambda i: i.number(1, 99),
    "six digits": lambda i: i.number(100_000, 999_999),
    "six digits as text": lambda i: i.digits(6),
    "version": _version,
    "uuid": lambda i: str(uuid.UUID(int=i.random.getrandbits(128))),
    "md5": lambda i: f"{i.random.getrandbits(128):032x}",
    "sha256": lambda i: f"{i.random.getrandbits(256):064x}",
    "url": lambda i: i.english.url() + i.english.uri_path(),
    "商品": lambda i: i.one(*GOODS),
    "product with size": lambda i: f"{i.one(*GOODS)} {i.number(100, 900)}ml",
    "product": lambda i: f"{i.one(*ADJECTIVES)} {i.one(*THINGS)}",
    "类别": lambda i: i.one("电子产品", "服装", "食品", "图书", "家居"),
    "状态": lambda i: i.one("已完成", "待付款", "已取消", "已发货"),
    "grade": lambda i: i.one("A", "B", "C", "D"),
    "boolean": lambda i: i.random.random() < 0.5,
    "flag": lambda i: i.number(0, 1),
    "yes or no": lambda i: i.one("是", "否"),
    "道路": lambda i: i.one(*STREETS),
    "road": lambda i: i.chinese.street_name(),
    "department": lambda i: i.one("销售部", "财务部", "市场部", "研发中心", "人事部"),
    "sku": lambda i: f"P{i.digits(8)}",
    "code": lambda i: f"{i.one('AB', 'CD', 'XY')}-{i.digits(4)}",
    "text": lambda i: i.chinese.text(),
    "sentence": lambda i: i.english.sentence(),
    "word": lambda i: i.chinese.word(),
    "English word": lambda i: i.english.word(),
    "isbn": lambda i: i.english.isbn13(),
    "ean": lambda i: i.english.ean13(),
    "colour": lambda i: i.english.color_name(),
    "clock": lambda i: i.english.time(),
    "year": lambda i: i.number(1990, 2025),
    "percent": lambda i: f"{i.number(0, 99)}%",
    "money": lambda i: f"¥{i.number(0, 9999)}.00",
    "tracking": lambda i: f"SF{i.digits(13)}",
    "currency": lambda i: i.english.currency_code(),
    "size": lambda i: i.one("S", "M", "L", "XL"),
    "slogan": lambda i: i.english.catch_phrase(),
    "file path": lambda i: i.english.file_path(),
    "duration": lambda i: i.random.expovariate(0.01),
    "stars": lambda i: i.number(1, 5),
    "device": lambda i: i.one("iPhone 15", "Huawei Mate 60", "Xiaomi 14", "Galaxy S24"),
    "measurement": lambda i: i.random.uniform(0, 100),
    "large amount": lambda i: i.number(10_000, 5_000_000),
}
