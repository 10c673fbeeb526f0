"""Names of persons in Chinese characters."""

import re

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector

# The most frequent surnames; together more than 96 of 100 persons bear one of them.
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜"
    "倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜肖詹关苗凌费纪靳盛童欧甄项曲成游"
    "阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来喻闫佟褚"
    "尚阎闻蒲沙商虞岑郎窦佘蓝胥麦宗连仇卓束占帅晏海明母原党甯巫鞠邝应于练芮厉楚全蔺揭鄢麻衣"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮鄧許蕭呂蘇盧蔣賈葉閻鍾譚鄒陸龍萬賴龔蘭顏嚴溫韋畢聶歐關費紀連"
)
COMPOUND = (
    "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|独孤|南宫|轩辕|宇文|长孙"
    "|歐陽|諸葛"
)
# Characters that parents choose. Words for goods, places and things hold few of them.
GIVEN = frozenset(
    "伟强磊洋勇军杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢佳阳建亮成峰国晨瑞志兵雷东博彬坤想岩杨文利楠红霞"
    "芳娜敏静秀英丽艳娟燕玲桂丹萍玉兰梅莉珍婷凤晶颖雪慧倩琴畅云洁柳淑春海冬荣莹琳欣香芝小金瑜花璐然轩梓涵子怡诗思雨"
    "欣妍萱紫嘉悦语桐梦琪若曦心怡浩宇俊熙天佑泽航睿诚毅力永康安庆生福德仁义礼信忠孝良善美贤才学书家宝贵富财发旺兴隆昌"
    "盛世民友朋亚奇一三四五六七八九二大新长江河山川峻岭松柏竹菊荷莲萌芬菲蓉蕾薇蔓茜萧芸苗莎莺青清源润泉洪溪涵淼沛沁泓"
    "炎焱煜烨炜灿焕煌熠勋振翔翼腾跃超越胜凡启迪铭钧锋钢铁银铮锐钰鸿鹤鹃鸣凌霄霆震霖雯露霜晓昊昕晖晗景曼智暄曜映"
    "晴朗月星辰光宸宏宽容宜守定宗官宪寒宾寅尚少尔尧山崇岚岳巍彤彦彪影律徳恒恩恺惠愉意慈懿承振敬敦政效敏斐方昂是显"
    "晋普晏景曹朝本权来树根桃栋柱栓梁森楚榕槐樱正武毓民水汉汝沐治法洲济浦淳渊游湘湛滨滢漫澜澄澳灵照熹爱爽玄王玛玟"
    "玥珂珊珠珞班球琛琦琨琬琼瑛瑶瑾璇璟璋甜申男百皓相真知石磊礼祖祥祺禄禹秋科程稳立竞端笑筠纪纯红纲纶绍维绮"
    "缘羽翠耀聪聿育自至舒良艺芮芷苑苒苹茂茵茹荃莞菁萌葆蒙蓓蕊薛蘅虎蝶衡言誉谦谨豪贝贞贤赫赞起越路轶达迅远连逸道遥"
    "邦郁郡采量十修鉴锦镇镜长闯闻队阔陆雁集韵韬韶顺颂颜风飒馨骁骏骞高魁魏麒麟黎默齐龄伊伍会传伦佩侠依俪倍倚偲健傲儒元兆"
    "先克全兰其典冉冠冰净凝凯刘初利刚前剑功加劲励勤化北千升卉卓南卿历厚双可史叶司同名君吟含吉向启呈周咏品哲唯善喜国园"
    "圣坚城培基堂墨壮夏多夕夫天太奕奎好如妃妙妤姗姝姣娅娇娆娴媛媚嫣孟季宁安莲芹云仙巧妹翠娣招弟根保全喜来运满有得连"
    "偉強軍傑濤剛輝鵬華飛寧龍歡陽亮東國紅麗豔靜鳳蘭瑩雲潔榮貴財發興慶義禮學書寶賢雅惠雯怡君婉家豪宗翰冠廷俊宏志柏承彥"
)
PLACES = "路街道巷省市县区镇乡村店部处厂"
CHINESE = "[\u4e00-\u9fff]"
FULL = rf"(?:(?:{COMPOUND}){CHINESE}{{1,2}}|[{SURNAMES}] ?{CHINESE}{{1,2}})"
# Peoples of the west and north part their names by a dot.
DOTTED = rf"{CHINESE}{{2,8}}[·•.]{CHINESE}{{2,8}}(?:[·•.]{CHINESE}{{2,8}})?"
LEAST_DISTINCT, MANY = 5, 20
CUES = "姓名|联系人|收件人|收货人|患者|病人|客户|申请人|当事人|业主|我叫|我是|本人"
TITLES = "先生|女士|小姐|同学|老师|医生"
BESIDE_GIVEN = re.compile(rf"(?:{TITLES})$|^(?:{COMPOUND})|^[{SURNAMES}] ?")


def _is_chosen(given: str) -> bool:
    return "·" in given or all(character in GIVEN for character in given)


def _believed(column: SampledColumn, hits: pl.Series) -> bool:
    if column.distinct < min(LEAST_DISTINCT, max(2, len(column.values) // 3)):
        return False
    if int(hits.str.contains(f"[{PLACES}]$").sum()) > 0.25 * len(hits):
        return False
    names = hits.unique().to_list()[:500]
    held = sum(_is_chosen(BESIDE_GIVEN.sub("", name)) for name in names)
    # Few words that come again and again are likelier those of a list.
    return held >= (0.5 if len(names) >= MANY else 0.75) * len(names)


DETECTOR = Detector(
    kind="CN_NAME",
    role="direct",
    pattern=rf"(?:{FULL}|{DOTTED})(?:{TITLES})?",
    minimum_share=0.8,
    believed=_believed,
    certainty=0.88,
    headers=(
        "姓名",
        "名字",
        "联系人",
        "户主",
        "法人代表",
        "法定代表人",
        "收件人",
        "收货人",
        "客户姓名",
        "患者姓名",
        "=name",
        "full name",
        "real name",
        "person name",
        "contact name",
        "client name",
        "member name",
        "owner name",
        "student name",
        "employee name",
        "customer name",
        "patient name",
        "=person",
        "contact person",
        "xingming",
        "mingzi",
        "lianxiren",
        "xm",
        "lxr",
    ),
)
