"""Names of persons in Chinese characters."""

from desensitize.detectors.contract import Detector

# The most frequent surnames; together more than 96 of 100 persons bear one of them.
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜"
    "倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜肖詹关苗凌费纪靳盛童欧甄项曲成游"
    "阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来"
)
COMPOUND = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|独孤|南宫"

DETECTOR = Detector(
    kind="CN_NAME",
    role="direct",
    pattern=rf"\s*(?:[{SURNAMES}]|{COMPOUND})[\x{{4e00}}-\x{{9fff}}]{{1,2}}\s*",
    minimum_share=0.8,
    minimum_distinct=20,
    headers=(
        "姓名",
        "名字",
        "联系人",
        "户主",
        "法人代表",
        "name",
        "full name",
        "person",
        "contact person",
        "xingming",
        "mingzi",
        "lianxiren",
    ),
)
