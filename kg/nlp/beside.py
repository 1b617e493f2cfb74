"""The words right beside a figure: what bounds it (over, 超), makes it approximate (nearly, 近) or gives it a direction (fell, 跌)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.nlp.units import Vocabulary

_ACROSS = frozenset(("over", "in", "under", "within", "for", "about", "past"))  # `over ten years` is no bound
_EXTENTS = frozenset(("duration", "length", "area"))  # 3天内; but 10家内地企业
_SIGNS = tuple("~≈><≥≤+")
_STEPS = 8  # a figure has no more cues than this before it


def effects_before(text: str, start: int, kind: str, language: str, words: Vocabulary) -> Iterator[str]:
    """Yield the effects of the words before `start`, nearest first, until one gives a direction or is unknown."""
    position, bounded = start, False
    for _ in range(_STEPS):
        effect, phrase, length = _cue(text[max(0, position - 40):position], language, words)
        if effect is None or effect == "stop" or (phrase == "上" and text[position:position + 1] not in tuple("百千万亿")):
            return
        position -= length
        if effect in ("low", "high"):
            if bounded or (kind == "duration" and phrase in _ACROSS):
                return
            bounded = True
            yield effect
        elif effect != "link":
            yield effect
            if effect in ("up", "down"):
                return


def effect_after(text: str, end: int, kind: str, language: str, words: Vocabulary) -> str | None:
    """Return the effect of the words behind `end` (or more, 以上, "a 5% decline"); a direction only for shares and points."""
    side = "zh" if language == "zh" else "en"
    found = words.after[side].match(text, end)
    if found is None and side == "zh" and text[end:end + 1] in ("或", "及"):
        found = words.after["zh"].match(text, end + 1)
    if found is None:
        return None
    said = found["cue"].strip().lower()
    if said == "内" and (kind not in _EXTENTS or text[found.end():found.end() + 1] in tuple(words.traps["内"])):
        return None
    effects = words.after_effects[side]
    effect = effects.get(said) or effects.get(said.split()[-1])
    return effect if effect not in ("up", "down") or kind in ("percent", "points") else None


def _cue(left: str, language: str, words: Vocabulary) -> tuple[str | None, str, int]:
    """The effect of the last words of `left`, those words, and how many characters they take."""
    if language == "zh" or left[-1:] > "\u2fff":  # a Chinese word beside it, whatever the sentence is in
        cues = words.cues["zh"]
        for length in range(min(words.longest_zh, len(left)), 0, -1):
            if left[-length:] in cues:
                return cues[left[-length:]], left[-length:], length
    phrase, length = _english_phrase(left, words.cues["en"])
    return words.cues["en"].get(phrase) if length else None, phrase, length


def _english_phrase(left: str, cues: dict[str, str]) -> tuple[str, int]:
    """The longest phrase of up to four words at the end of `left` that is a cue, and its length with the space behind it."""
    bare = left.rstrip()
    if bare[-1:] in _SIGNS:
        return bare[-1], len(left) - len(bare) + 1
    if not bare or (bare == left and left[-1:].isalnum()):
        return "", 0
    at = len(bare)
    best: tuple[str, int] = ("", 0)
    for _ in range(4):
        cut = bare.rfind(" ", 0, at)
        phrase = bare[cut + 1:].lower().lstrip("(\"“'")
        if phrase in cues:
            best = (phrase, len(left) - cut - 1)
        if cut < 0:
            break
        at = cut
    return best
