"""Syllables of Chinese in Latin letters, and the surnames among them."""

SYLLABLE = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|uen"
    r"|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|a|o|e|i|u|v)|ang?|ai|ao|en?|er|ou)"
)
SURNAMES = (
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song "
    "zheng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lv lu lyu su jiang "
    "cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong "
    "jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian yin yi chang "
    "qiao lai gong wen pang lan tao hong zhai an ni niu ji ge bi nie jiao xiang xing qi mei mo "
    "zhuang guan zuo tu shu geng bu zhan miao ling fei sheng tong ou zhen qu you pei "
    "xi bao huo weng sui gan jing shan si bo ning ke ruan gui min chai hua che ran bian ouyang "
    "shangguan sima zhuge situ murong"
)
