"""Syllables of Chinese in Latin letters, and the surnames among them."""

from desensitize.detectors.word_lists import words

SYLLABLE = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|uen"
    r"|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|a|o|e|i|u|v)|ang?|ai|ao|en?|er|ou)"
)
SURNAMES = words("pinyin_surnames")
