"""Which language a stretch of text is in, by its words rather than its characters."""

from __future__ import annotations

import re

from kg.model import Language

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_ENGLISH_GLUE = frozenset((
    "the", "of", "and", "to", "in", "is", "are", "was", "were", "by", "for", "with", "on", "at", "has", "have",
    "its", "from", "that", "as", "an", "will", "be", "than", "which",
))
_CHINESE_GLUE = re.compile("[的了在是和为与等将被于至及其已从对者，。；、！？]")


def language_of(text: str, otherwise: Language = "en") -> Language:
    """Return `zh` or `en` by the weight of words, not of characters.

    An English sentence stays English with Chinese names in it, and the other way round: small words count most, for names bring none.
    `otherwise` is the answer for a text with no letters (figures).
    """
    han = len(_HAN.findall(text))
    words = _LATIN_WORD.findall(text)
    if not han or not words:
        return "zh" if han else "en" if words else otherwise
    # tickers and acronyms are at home in both languages; marks of full width only in Chinese
    english = sum(1 for word in words if len(word) > 1 and not word.isupper()) + 3 * sum(word.lower() in _ENGLISH_GLUE for word in words)
    chinese = han / 1.6 + 2 * len(_CHINESE_GLUE.findall(text))
    return "zh" if chinese >= english else "en"
