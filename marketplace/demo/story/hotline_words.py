"""What citizens who do not exist say to a hotline: sentences with gaps, by the matter they are of.

A gap in braces is filled when a message is written: `{name}` and its like by something personal
that belongs to nobody, the others by one of `FILLINGS`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# A word a line would make a scroll of it.
# fmt: off
FILLINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "since": (
            "上个月开始", "这半个月以来", "从国庆节到现在", "已经三四天了", "最近一周",
            "去年入冬以后",
            "今天早上起", "前天晚上", "开学以来", "连续好几个晚上", "过完年以后", "几个月来",
        ),
        "hour": (
            "凌晨两点", "晚上十一点", "早上五点多", "中午休息时间", "夜里一点", "傍晚六点左右",
            "半夜",
            "清晨", "晚高峰时段", "周末全天",
        ),
        "spot": (
            "小区南门", "学校东侧", "菜市场对面", "公交站旁边", "地铁口", "河边步道", "医院后门",
            "老年活动中心楼下", "幼儿园门口", "工地围挡外面", "地下车库入口", "社区广场",
        ),
        "harm": (
            "老人整夜睡不着", "孩子没法写作业", "大家出行都不方便", "已经影响正常生活",
            "路过的人都要绕着走", "家里刚出生的宝宝受不了", "附近居民意见很大", "很不安全",
            "病人需要静养", "耽误了不少事情",
        ),
        "tried": (
            "打过两次电话都没人处理", "向社区反映过，一直没有结果", "之前投诉过，好了两天又这样",
            "对方说不归他们管", "工作人员答应解决，可是没有下文", "群里说了很多次也没人回应",
            "第一次反映这个情况", "现场看过，说要等上级安排", "",
        ),
        "ask": (
            "请有关部门尽快处理", "希望派人到现场看一看", "请给一个明确的答复", "请协调解决",
            "希望能够督促整改", "想咨询一下应该找哪个部门", "请核实后回电", "希望早日恢复正常",
            "请依法查处", "麻烦尽快安排",
        ),
        "machine": (
            "打桩机", "混凝土泵车", "电锯", "切割机", "空调外机", "排风扇", "音响", "冲击钻",
        ),
        "shop": ("烧烤店", "棋牌室", "健身房", "汽修店", "酒吧", "奶茶店", "早点铺", "快递站"),
        "money": ("三百元", "一千二百元", "两万多元", "八十块钱", "五千元", "将近四万元"),
        "grade": ("一年级", "三年级", "初二", "高一", "幼儿园大班", "毕业班"),
        "fee": ("物业费", "停车费", "公共维修资金", "电梯费", "垃圾清运费"),
    }
)

TOPICS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "噪音扰民": (
            "{since}，{spot}的{machine}{hour}还在响，{harm}",
            "楼上{hour}跑步跳绳、拖椅子，声音特别大，{harm}",
            "{spot}有人跳广场舞，{since}音量开得很大，{harm}",
            "{company}的工地{hour}还在施工，噪声太大，{harm}",
            "楼下{shop}的低音炮{since}一直到{hour}，窗户都在震",
            "隔壁装修不分时间，{hour}就用{machine}打墙，{harm}",
            "{plain_left}{name}家养的几只狗{hour}不停地叫，{harm}",
            "夜间货车鸣笛、轰油门，{spot}的住户没法休息",
            "{hour}有人在{spot}唱歌喊麦，吵得{harm}",
            "{shop}的抽油烟机嗡嗡响，分贝肯定超标了，{harm}",
        ),
        "供水供电": (
            "{since}家里停水，没有任何通知，{harm}",
            "自来水发黄，有铁锈味，{since}都不敢喝",
            "{since}一到{hour}就跳闸停电，冰箱里的东西都坏了",
            "五楼以上水压太低，热水器打不着火，{harm}",
            "{spot}的水管爆了，水流了一地，{since}没人来修",
            "电表走得不正常，这个月电费突然多了{money}",
            "变压器{hour}冒火花，{spot}一片漆黑，{harm}",
            "二次供水的水箱{since}没清洗过，放出来的水浑浊",
            "交了{money}的水费还是显示欠费，户号是{name_cued}登记的",
            "{company}施工挖断了电缆，整栋楼{since}没有电",
        ),
        "道路交通": (
            "{spot}的红绿灯{since}不亮，{hour}堵得厉害，{harm}",
            "车牌{plate}的货车长期占用非机动车道，{harm}",
            "{spot}路面坑洼积水，{since}已经有两个人骑车摔倒",
            "一辆{plate}在{spot}乱停，堵住了消防通道",
            "公交车{hour}间隔太长，等了四十分钟，{harm}",
            "{spot}的斑马线磨没了，车辆不避让行人，很危险",
            "共享单车堆在{spot}，盲道都被占了，{harm}",
            "网约车司机{name_titled}驾驶{plate}绕路，多收了{money}",
            "{since}{spot}修路封闭了半幅，没有绕行指示牌",
            "电动车逆行、闯红灯的太多，{spot}{hour}没有交警",
        ),
        "环境卫生": (
            "{spot}的垃圾桶{since}没人清运，臭气熏天，{harm}",
            "{shop}把油污直接倒进雨水井，{spot}到处是蟑螂",
            "有人在{spot}偷倒建筑垃圾，车牌是{plate}",
            "{since}河水发黑发臭，水面漂着死鱼，{harm}",
            "{company}的烟囱{hour}冒黑烟，味道刺鼻",
            "绿化带里满是狗粪和烟头，{since}没有人打扫",
            "公共厕所{since}没有冲水，蚊蝇很多，{harm}",
            "{plain_left}{name}把旧家具堆在楼道里，又脏又臭",
            "{spot}焚烧秸秆和落叶，{hour}烟雾很大，{harm}",
            "污水井盖坏了，粪水外溢到{spot}，{harm}",
        ),
        "社保医保": (
            "医保卡在药店刷不了，身份证号{id_number}，{tried}",
            "退休手续办了半年，养老金{since}没有到账",
            "生育津贴申请材料交了，{since}查不到进度，单位是{company}",
            "异地就医备案以后，住院费{money}报销不了",
            "想咨询灵活就业人员{since}怎么补缴养老保险",
            "{company}{since}没有给员工缴纳社会保险",
            "母亲{name_bare}的高龄补贴停发了，{since}一直没有恢复",
            "失业金发到了旧的银行卡{bank_card}，卡已经注销",
            "工伤认定材料被退回两次，{harm}",
            "慢性病门诊的报销比例和去年不一样，多自费了{money}",
        ),
        "教育": (
            "孩子上{grade}，学校{since}收补课费{money}，没有发票",
            "{grade}的学位不够，片区划分不合理，孩子没学上",
            "班主任{name_titled}布置作业太多，孩子{hour}还写不完",
            "学校食堂的饭菜{since}质量很差，好几个{grade}学生拉肚子",
            "{company}的培训班突然关门，{money}学费退不了",
            "孩子{name_bare}在{grade}被同学欺负，{tried}",
            "外来务工人员子女入学要什么材料，{grade}什么时候报名",
            "校服一套要{money}，强制家长购买，{harm}",
            "{spot}的幼儿园有没有办学资质，想核实一下",
            "{grade}的学籍转不过来，学校和教育局互相推",
        ),
        "物业管理": (
            "{since}电梯坏了没人修，业主委员会也不管，{harm}",
            "{company}擅自涨{fee}，没有征求业主意见",
            "小区门禁坏了，外来人员随意进出，{fee}照收不误",
            "地下车库漏水，物业经理{name_titled}说要等维修资金",
            "{plain_left}{name}在楼顶私搭乱建，物业不制止",
            "交了{money}的{fee}，楼道的灯{since}都不亮",
            "业委会换届的票数对不上，要求公开{fee}账目",
            "保安夜里睡觉，{spot}的监控全是坏的，{harm}",
            "物业把公共绿地改成收费车位，{fee}又涨了{money}",
            "消防栓里没有水，物业{since}没有检查过",
        ),
        "市场消费": (
            "在{shop}办了{money}的会员卡，{since}店就关门了",
            "网上买的东西是假货，{company}不给退款",
            "{shop}短斤少两，一斤少了二两，找老板理论还骂人",
            "买到过期的牛奶，{shop}只肯退{money}",
            "{company}的销售{name_titled}承诺七天无理由退货，现在不认账",
            "超市标价和收银价不一样，多收了{money}",
            "{shop}没有公示价格，结账时要{money}",
            "预付了{money}装修款，{company}{since}联系不上",
            "外卖里吃出虫子，{shop}不承认，{harm}",
            "手机维修后又坏了，{shop}要再收{money}",
        ),
    }
)

VAGUE: Final[Mapping[tuple[str, str], tuple[str, ...]]] = MappingProxyType(
    {
        ("噪音扰民", "环境卫生"): (
            "{spot}的{shop}{hour}还在营业，又吵又有油烟，{harm}",
            "{company}的工地{since}扬尘和噪声都很大，{harm}",
        ),
        ("噪音扰民", "物业管理"): (
            "水泵房{hour}嗡嗡响，物业{since}不来看，{harm}",
            "小区里装修{hour}也不停，物业不管",
        ),
        ("供水供电", "物业管理"): (
            "小区{since}停水停电，物业和公司互相推，{harm}",
            "物业代收电费，单价比别处高，多交了{money}",
        ),
        ("道路交通", "环境卫生"): (
            "{spot}的渣土车撒了一路泥，{hour}没人管，{harm}",
            "路边摊占了{spot}的人行道，垃圾满地",
        ),
        ("道路交通", "教育"): ("放学时间{spot}堵满了接{grade}孩子的车，{harm}",),
        ("社保医保", "市场消费"): ("在{shop}用医保卡买药，被多扣了{money}",),
        ("教育", "市场消费"): ("培训机构{company}不退{money}的课时费，{harm}",),
        ("物业管理", "环境卫生"): ("楼道{since}没人打扫，垃圾堆到门口，{harm}",),
    }
)
"""What two matters have in common: whoever sorts messages may take either."""

GREETINGS: Final = (
    "", "", "您好，", "你好，我要反映一个问题，", "来电人称：", "市民反映，",
    "喂，您好，我想投诉，", "领导好，",
    "【工单转办】", "诉求：", "我是第二次打电话了，",
)
"""Opening words."""
INTRODUCED: Final = (
    "我叫{name_cued}，", "我是{name_bare}，", "本人{name_bare}，", "我姓{surname_cued}，",
    "业主{name_bare}，",
    "{name_bare}，", "来电人：{name_cued}，", "我是这里的住户{name_bare}，",
)
"""How callers name themselves."""
LIVING: Final = (
    "家住{address}，", "我住在{address}，", "地址是{address}。", "位置在{estate}，",
    "{estate}的居民，",
    "事发地点{address}，",
)
"""How callers tell where they live."""
ABOUT_OTHERS: Final = (
    "这件事{name}也可以作证。", "是{name}干的，很多人看见了。", "问过{name}，他说不清楚。",
    "隔壁{name}家也这样。",
    "找{name}谈过三次。", "社区的{name}来看过。", "我和{name}一起去过现场。",
    "{name}、{name}都签了字。",
    "房子租给{name}之后就没安静过。", "{name}就是不承认。", "那辆{plate}是{name}的。",
    "让{name}出面也没用。",
    "负责的人叫{name_cued}。", "处理的是{name_titled}。", "听说{name}已经搬走了。",
    "当时{name}在场。",
    "联系过{name_titled}，没有回音。", "她女儿{name}可以证明。", "包工头{name}欠着工钱。",
)
"""What callers tell of others, by name."""
REACHED: Final = (
    "我的电话是{mobile}。", "手机{mobile}，随时可以打。", "联系电话：{mobile}。",
    "请回拨{landline}。",
    "微信号{wechat}，可以发照片。", "加我微信{wechat}。", "材料发到{email}。",
    "身份证{id_number}。",
    "打这个号{mobile_spaced}找我。", "联系人：{name_cued}，{mobile}。", "QQ：{qq}。",
    "退款打到卡号{bank_card}。",
)
"""How callers want to be reached."""
LEFT_OF_PLAIN: Final = (
    "邻居", "楼上", "住户", "租客", "302的", "对门", "房东", "有个叫", "同楼的", "老住户",
    "亲戚", "一位叫",
)
"""What stands before the name of somebody else."""
DISTRICTS: Final = {
    "临江区": 24, "城南区": 20, "高新区": 18, "北湖区": 15, "云山县": 13, "港口区": 10,
}
"""Districts of a city that does not exist, with how many of a hundred messages come from each."""
STREETS: Final = (
    "和平路", "建设大道", "滨河西路", "学府街", "东风巷", "人民南路", "新华街", "幸福里",
    "长虹路", "园丁路",
    "西关街", "解放路", "望江路", "育才巷", "青年大街",
)
"""Streets of that city."""
ESTATES: Final = (
    "阳光花园", "锦绣家园", "金色港湾", "翠竹苑", "翡翠城", "安居小区", "东方名邸", "水岸公寓",
    "桃源新村",
    "万和广场", "教师公寓", "春天里小区",
)
"""Housing estates of that city."""
FIRMS: Final = (
    "恒泰", "瑞丰", "鼎盛", "金桥", "宏远", "百合", "启明", "顺达", "天成", "蓝海", "兴业",
    "佳和", "众信",
)
"""Brands of companies that do not exist."""
TRADES: Final = (
    "物业服务有限公司", "建筑工程有限公司", "餐饮管理有限公司", "教育咨询有限公司",
    "装饰工程有限责任公司",
    "商贸有限公司", "科技股份有限公司", "劳务服务有限公司",
)
"""What these companies do, and their form in law."""
# fmt: on
