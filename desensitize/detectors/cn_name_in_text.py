"""Names of persons inside Chinese texts, with and without a word that announces them.

No word list has all names, and many of their characters stand in everyday words. What begins with a
frequent surname and goes on with characters that parents choose is taken for a name where what
stands before it or behind it speaks for one, and where no everyday word begins there.
"""

import re
from collections.abc import Iterator

from desensitize.detectors.cn_name import COMPOUND, GIVEN, RARE, SURNAMES
from desensitize.detectors.word_lists import words

ORDINARY = frozenset(words("ordinary_words"))
"""Everyday words that begin with a surname."""
TITLES = (
    "先生", "女士", "小姐", "太太", "老师", "医生", "大夫", "同志", "师傅", "经理", "主任",
    "教授", "律师", "同学",
    "阿姨", "大爷", "大妈", "大姐", "大哥", "叔叔", "书记", "队长", "所长", "院长", "校长",
    "班长", "站长", "警官",
    "法官", "老板", "护士", "总监", "店长", "科长", "处长", "局长", "组长", "奶奶", "爷爷",
)  # fmt: skip
ANNOUNCING = (
    "我叫", "名叫", "叫做", "名为", "我是", "本人", "业主", "住户", "租户", "租客", "房东",
    "房主", "户主", "邻居",
    "客户", "家属", "法人", "经办人", "投诉人", "报案人", "当事人", "举报人", "来电人", "联系人",
    "负责人", "责任人",
    "工作人员", "办事员", "网格员", "保安", "保洁", "司机", "车主", "店主", "老板", "店长",
    "包工头", "中介", "房客",
    "居民", "村民", "市民", "群众", "员工", "职工", "工人", "学生", "同学", "孩子", "家长",
    "老人", "父亲", "母亲",
    "爸爸", "妈妈", "丈夫", "妻子", "爱人", "儿子", "女儿", "孙子", "孙女", "爷爷", "奶奶",
    "哥哥", "姐姐", "弟弟",
    "妹妹", "亲戚", "朋友", "同事", "亲属", "男子", "女子", "患者", "病人", "医生", "护士",
    "老师", "班主任", "校长",
    "经理", "主任", "书记", "队长", "村长", "组长", "对门", "隔壁", "楼上", "楼下", "同楼的",
    "有个叫", "一个叫", "叫",
    "姓名", "名字", "听说", "据说",
)  # fmt: skip
"""Words behind which somebody is named."""
BEFORE = frozenset("由向找给和与跟同被让对请是有问催见替帮为到把的及过事时、")
"""Characters behind which somebody may be named, or something else."""
AFTER = frozenset(
    "说称在把将和与跟及也都又还已没不每天经常家的是从到来去向对给让被就却才要想住开养拿打骂曾总一拒擅私偷这那"
    "等本个自于之所同以要可能会反投举电联签出承认来现名一带用当多表告答交收欠租借占堆搬装修违乱老登谈干"
)
"""Characters that may go on behind a name."""
HAN = re.compile(r"[\u3400-\u9fff]")
# Compound surnames that are everyday words, and surnames that end words for people's work.
PLACES = ("东方", "西门", "南门", "东门", "百里")
# Words that end with what could be a surname, and surnames that mostly are everyday words: these
# two-character names nobody announces are not taken for names.
ENDS = frozenset(
    ("对方", "同时", "有时", "及时", "过时", "说明", "到时", "有关", "把关", "到单", "有方")
)
WEAK = frozenset("时应明向全连原成党母衣麻束")
ENDING = frozenset("车管安路房党应时成堂单")
# Rare surnames that hardly stand in texts otherwise.
EVERYDAY = frozenset(
    "云乐平和家能从国公过都满后回相门户火空通富别充元信简青红丰荣德利展果广农步东师习权水花羊鱼松井山弓祖幸双"
    "养须由夕战正呈延投脱达闭经支容计怀惠普冷服"
)
UNCOMMON = "".join(one for one in RARE if one not in EVERYDAY)
NAMELY = "婷娟娜莹琳玲芬芸娥婧妍媛嫣姗倩雯瑛璇珺"
"""Characters of given names that hardly stand in any other word."""
STARTS = re.compile(rf"(?=({COMPOUND}|[{SURNAMES}{UNCOMMON}]))")
LONGEST = 2
CALLED = ("我叫", "名叫")
"""Words behind which nothing but a name stands."""
INTRODUCING = (*CALLED, "我是", "本人", "业主", "住户")
"""Words with which people say who they are."""
INTRODUCED = re.compile(
    rf"(?:{'|'.join(INTRODUCING)})((?:{COMPOUND}|[{SURNAMES}{RARE}])[\u3400-\u9fff]{{1,2}})"
    r"(?![\u3400-\u9fff])"
)
"""Who introduces themselves, up to the next sign: by it a rare surname is told from a word."""
LIVING = re.compile(r"[,，]\s?(?:家住|住在|现住|电话|手机|身份证)")
"""How somebody goes on who has just said their name."""
FILLED_IN = re.compile(
    r"(?:姓名|联系人|来电人|反映人|投诉人|报案人|举报人|当事人|经办人|负责人|责任人)[:：]\s?"
    rf"((?:{COMPOUND}|[{SURNAMES}{RARE}])[\u3400-\u9fff]{{1,2}})(?![\u3400-\u9fff])"
)
"""Who stands in a field of a form; that the name is an everyday word, too, does not count there."""
FIRST_OF_SEVERAL = re.compile(
    rf"(?<![\u3400-\u9fff])([{RARE}][\u3400-\u9fff]{{1,2}})(?=[、和与跟])"
)
"""What may be somebody with whom others are named."""
RARELY_NAMED = re.compile(
    rf"(?<![\u3400-\u9fff])([{''.join(sorted(EVERYDAY - BEFORE))}]"
    rf"[{''.join(sorted(GIVEN))}]?[{NAMELY}])"
)
"""A surname that mostly is an everyday word, at the head of a clause, with a given name."""
SAID_TO_BE = re.compile(rf"(?<=姓)(?:{COMPOUND}|(?![名氏什])[\u3400-\u9fff])(?![\u3400-\u9fff])")


def names_in(text: str) -> Iterator[tuple[int, int]]:
    """Give where names of persons stand in a text, from the first on, none within another."""
    taken = 0
    said = {one.start(): one.end() for one in SAID_TO_BE.finditer(text)}
    said |= {one.start(1): one.end(1) for one in _said_of_somebody(text)}
    begins = {one.start(): one.end(1) for one in STARTS.finditer(text)}
    for start in sorted(said.keys() | begins):
        if start < taken:
            continue
        stop = said.get(start) or _name_at(text, start, begins[start])
        if stop:
            taken = stop
            yield start, stop


def _said_of_somebody(text: str) -> Iterator[re.Match[str]]:
    """Yield the names that the words around them tell from everyday words."""
    filled_in = list(FILLED_IN.finditer(text))
    yield from filled_in
    yield from RARELY_NAMED.finditer(text)
    known = {one[1] for one in filled_in}
    for one in INTRODUCED.finditer(text):
        if one[1] in known or _is_introduced(one):
            yield one
    for one in FIRST_OF_SEVERAL.finditer(text):
        if _is_given(one[1]) and _begins_name(text, one.end() + 1):
            yield one


def _is_introduced(found: re.Match[str]) -> bool:
    """Return whether what stands behind an introduction is a name and no everyday word."""
    if found[0].startswith(CALLED):
        return True
    is_word = _is_ordinary(found.string, found.start(1))
    return _is_given(found[1]) and (
        not is_word or LIVING.match(found.string, found.end()) is not None
    )


def _is_given(name: str) -> bool:
    """Return whether parents choose the characters behind a surname."""
    return all(one in GIVEN for one in name[1:])


def _begins_name(text: str, start: int) -> bool:
    """Return whether a name with a frequent surname begins here."""
    found = STARTS.match(text, start)
    return found is not None and _name_at(text, start, found.end(1)) > 0


def _name_at(text: str, start: int, given: int) -> int:
    """Return where the name ends whose surname stands at `start`, given name behind it; 0 for none.

    Of two lengths the longer is taken, where both could be.
    """
    announced = _is_announced(text, start)
    if text[start:given] in PLACES and not announced:
        return 0
    titled = _titled(text, start, given, announced=announced)
    if titled or _is_ordinary(text, start):
        return titled
    if not announced and not _may_begin(text, start):
        return 0
    for stop in (given + LONGEST, given + 1):
        chosen = text[given:stop]
        if stop > len(text) or not all(one in GIVEN for one in chosen):
            continue
        if stop - given == LONGEST and (announced or not _goes_on_as_word(text, stop)):
            if announced or _may_end(text, stop):
                return stop
        elif stop - given < LONGEST and _may_end(text, stop):
            is_likely = announced or text[start] not in WEAK or chosen in NAMELY
            return stop if is_likely else 0
    return _up_to_next_sign(text, given) if announced else 0


def _up_to_next_sign(text: str, given: int) -> int:
    """Return where a given name of rare characters ends: with the text, or before what is none."""
    for stop in (given + LONGEST, given + 1):
        is_whole = stop == len(text) or (stop < len(text) and not HAN.match(text[stop]))
        if is_whole and all(HAN.match(one) and one not in AFTER for one in text[given:stop]):
            return stop
    return 0


def _titled(text: str, start: int, given: int, *, announced: bool) -> int:
    """Return where the name ends that has a title behind it; 0 where there is none."""
    begins = announced or _may_begin(text, start)
    for stop in (given, given + 1, given + LONGEST):
        if not text.startswith(TITLES, stop):
            continue
        if stop == given:
            is_word = _is_ordinary(text, start)
            return stop if not is_word and (begins or text[start] not in ENDING) else 0
        chosen, first = text[given:stop], text[start : start + 2]
        likely = begins or all(one in GIVEN for one in chosen)
        is_word = first in ORDINARY or text[start:stop] in ORDINARY
        # “Ask Wang, the manager”: the first of two surnames belongs to what stands before.
        of_two = stop == given + 1 and chosen in SURNAMES and text[start] in BEFORE
        if likely and not is_word and not of_two and all(HAN.match(one) for one in chosen):
            return stop
    return 0


def _may_end(text: str, stop: int) -> bool:
    return stop == len(text) or not HAN.match(text[stop]) or text[stop] in AFTER


def _goes_on_as_word(text: str, stop: int) -> bool:
    """Return whether an everyday word begins with the last character of what would be a name."""
    return text[stop - 1 : stop + 1] in ORDINARY


def _is_announced(text: str, start: int) -> bool:
    before = text[max(0, start - 5) : start].rstrip(" :：是为")
    return before.endswith(ANNOUNCING)


def _may_begin(text: str, start: int) -> bool:
    if start and HAN.match(text[start - 1]):
        return text[start - 1] in BEFORE and text[start - 1 : start + 1] not in ENDS
    return True


def _is_ordinary(text: str, start: int) -> bool:
    """Return whether an everyday word of two to four characters begins here."""
    return any(text[start : start + length] in ORDINARY for length in (2, 3, 4))
