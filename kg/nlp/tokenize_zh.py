"""Chinese words: rules for what is not Chinese script, a linear-chain CRF over characters for what is.

Offsets are never moved: the model reads a width-folded, simplified copy of the same length, the words are slices of the text itself.
The CRF is Lafferty et al. (2001) with the character n-gram features customary since Sproat and Emerson's bake-off (Ng and Low, 2004);
its weights are hashed into one table (feature hashing, Weinberger et al., 2009).
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import NORM, PREFIX, SUFFIX  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

from kg.errors import DataError

Span = tuple[int, int]
Known = Callable[[str], Sequence[Span]]

# Full-width letters, digits and the signs of numbers; a full-width comma or colon remains what it is, the end of a clause.
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum() or chr(code - 0xFEE0) in "%&+-./"}
_HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0300-\u036f\u0370-\u03ff\u0400-\u04ff"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?"
# The scale stays with the number (3.5亿), but not where it begins a unit (5千克, 100万千瓦).
_SCALE = r"(?:[十万亿]|千(?![克米瓦伏赫卡帕焦])|百(?!分))*"
_RULES = re.compile(
    "|".join(
        (
            r"\s+",
            r"(?:https?://|www\.)[!-~]+",
            r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
            r"(?<![A-Za-z0-9])[A-Z0-9]{1,6}\.(?:SH|SZ|BJ|SS|HK|TWO|TW|KS|KQ|US|T|O|N)(?![A-Za-z0-9])",
            r"\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)",
            r"\d{1,2}:\d{2}(?::\d{2})?(?!\d)",
            rf"(?:\d+(?:\.\d+)?)?[{_LETTER}][{_LETTER}\d]*(?:[-_.&'’][{_LETTER}\d]+)*\+{{0,2}}",
            rf"(?:第|(?<![A-Za-z0-9%)）.])[+-])?{_NUMBER}(?:[%‰℃°]|{_SCALE})",
            "[\uac00-\ud7a3]+",
            "[\u3041-\u3096\u30a1-\u30fa\u30fc]+",
            "[\U0001f1e6-\U0001f1ff]{2}",
            # Pictures, with their skin tones, variation marks and joiners.
            "[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*"
            "(?:\u200d[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]*)*",
            r"([^\w\s])\2+",
            f"[^{_HAN}]",
        )
    )
)
_BEGIN, _MIDDLE, _END, _SINGLE = range(4)
_FOLLOWS = ((_MIDDLE, _END), (_MIDDLE, _END), (_BEGIN, _SINGLE), (_BEGIN, _SINGLE))
_PRECEDES = tuple(tuple(before for before in range(4) if label in _FOLLOWS[before]) for label in range(4))
_WINDOWS = ((-2,), (-1,), (0,), (1,), (2,), (-2, -1), (-1, 0), (0, 1), (1, 2), (-1, 1), (-2, -1, 0), (-1, 0, 1), (0, 1, 2))
_LONGEST = 5


class Segmenter:
    """Cuts text into words. Without weights (`table` None) every Chinese character is a word of its own.

    `table` is (rows, 4): what each hashed feature says for begin, middle, end and single; `transitions` is (4, 4), `fold` maps the
    characters of the basic plane to those the model was trained on (simplified), `words` is a list of words it may lean on.
    """

    def __init__(
        self,
        table: npt.NDArray[np.float32] | None = None,
        transitions: npt.NDArray[np.float32] | None = None,
        fold: npt.NDArray[np.uint16] | None = None,
        words: Iterable[str] = (),
    ) -> None:
        self.table = table
        self.transitions = transitions if transitions is not None else np.zeros((4, 4), dtype=np.float32)
        self.fold = fold if fold is not None else np.arange(65536, dtype=np.uint16)
        self.words = frozenset(words)

    def segment(self, text: str, fixed: Sequence[Span] = ()) -> list[Span]:
        """The words of `text` as (start, end), white space included, in order and without gaps: together they are the text.

        `fixed` are spans that must be one word each (names a lexicon knows); of two that overlap the earlier, then the longer, holds.
        Numbers (with sign, scale or percent sign), dates, codes, Latin words, pictures and runs of one punctuation mark are one word.
        """
        codes = self.codes(text)
        spans: list[Span] = []
        position = 0
        for start, end in [*_settled(fixed, len(text)), (len(text), len(text))]:
            self._free(text, codes, position, start, spans)
            if end > start:
                spans.append((start, end))
            position = end
        return spans

    def codes(self, text: str) -> npt.NDArray[np.uint32]:
        """What the model sees of each character: simplified, half-width, every digit 0 and every Latin letter a."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).copy()
        basic = codes < 65536
        codes[basic] = self.fold[codes[basic]]
        return codes

    def features(self, codes: npt.NDArray[np.uint32], start: int, end: int) -> npt.NDArray[np.int64]:
        """Rows of the table for the characters `start` to `end`: (characters, features)."""
        size = end - start
        reach = 2
        around = np.zeros(size + 2 * reach, dtype=np.uint32)
        low, high = max(0, start - reach), min(len(codes), end + reach)
        around[low - start + reach : high - start + reach] = codes[low:high]
        columns = []
        for index, window in enumerate(_WINDOWS):
            mixed = np.full(size, (index + 1) * 0x9E3779B1 & 0xFFFFFFFF, dtype=np.uint32)
            for offset in window:
                mixed = (mixed ^ around[reach + offset : reach + offset + size]) * np.uint32(0x85EBCA6B)
                mixed ^= mixed >> np.uint32(15)
            columns.append(mixed)
        same = around[reach:-reach] == around[reach - 1 : -reach - 1]
        twice = around[reach:-reach] == around[: -2 * reach]
        columns.append(np.uint32(0xC2B2AE35) * (1 + same + 2 * twice).astype(np.uint32))
        if self.words:
            columns.extend(self._known_words(codes, start, end))
        rows = len(self.table) if self.table is not None else 1
        return np.stack(columns, axis=1).astype(np.int64) % rows

    def stretches(self, text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
        """`text[start:end]` as the rules cut it: (start, end, is it Chinese script for the model to cut further)."""
        pieces: list[tuple[int, int, bool]] = []
        position = start
        for match in _RULES.finditer(text.translate(_WIDTH), start, end):
            if match.start() > position:
                pieces.append((position, match.start(), True))
            pieces.append((match.start(), match.end(), False))
            position = match.end()
        if position < end:
            pieces.append((position, end, True))
        return pieces

    def _free(self, text: str, codes: npt.NDArray[np.uint32], start: int, end: int, spans: list[Span]) -> None:
        """Append the words of a part of the text that holds no fixed span."""
        pieces = self.stretches(text, start, end) if end > start else []
        if not any(han for _, _, han in pieces) or self.table is None:
            for low, high, han in pieces:
                spans.extend([(at, at + 1) for at in range(low, high)] if han else [(low, high)])
            return
        emissions = self.table[self.features(codes, start, end)].sum(axis=1).tolist()
        transitions = self.transitions.tolist()
        for low, high, han in pieces:
            if han:
                spans.extend(_best_words(emissions[low - start : high - start], transitions, low))
            else:
                spans.append((low, high))

    def _known_words(self, codes: npt.NDArray[np.uint32], start: int, end: int) -> list[npt.NDArray[np.uint32]]:
        """Per character, the length of the longest listed word that begins there, ends there, goes through it."""
        text = "".join(map(chr, codes[start:end].tolist()))
        size = end - start
        begins, ends, through = [0] * size, [0] * size, [0] * size
        words = self.words
        for low in range(size - 1):
            for high in range(min(size, low + _LONGEST), low + 1, -1):
                if text[low:high] in words:
                    length = high - low
                    begins[low] = max(begins[low], length)
                    ends[high - 1] = max(ends[high - 1], length)
                    for inner in range(low + 1, high - 1):
                        through[inner] = max(through[inner], length)
        mixed = [np.array(column, dtype=np.uint32) for column in (begins, ends, through)]
        together = mixed[0] + 6 * mixed[1] + 36 * mixed[2]
        return [(column + np.uint32(7 * index + 1)) * np.uint32(0x27D4EB2F) for index, column in enumerate([*mixed, together + 30])]


def _settled(fixed: Sequence[Span], length: int) -> list[Span]:
    """Fixed spans in order, empty, overlapping and outlying ones left out."""
    kept: list[Span] = []
    for start, end in sorted(fixed, key=lambda span: (span[0], -span[1])):
        if 0 <= start < end <= length and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def _best_words(emissions: list[list[float]], transitions: list[list[float]], offset: int) -> list[Span]:
    """The best path (Viterbi) through one stretch that begins and ends at a word's edge, as spans shifted by `offset`."""
    impossible = -1e30
    first = emissions[0]
    scores = [first[_BEGIN], impossible, impossible, first[_SINGLE]]
    back: list[list[int]] = []
    for row in emissions[1:]:
        now, came = [], []
        for label in range(4):
            one, two = _PRECEDES[label]
            by_one, by_two = scores[one] + transitions[one][label], scores[two] + transitions[two][label]
            now.append((by_one if by_one >= by_two else by_two) + row[label])
            came.append(one if by_one >= by_two else two)
        scores = now
        back.append(came)
    label = _END if scores[_END] > scores[_SINGLE] else _SINGLE
    spans: list[Span] = []
    end = len(emissions)
    for at in range(len(emissions) - 1, -1, -1):
        if label in (_BEGIN, _SINGLE):
            spans.append((offset + at, offset + end))
            end = at
        if at:
            label = back[at - 1][label]
    spans.reverse()
    return spans


class ChineseTokenizer(DummyTokenizer):
    """spaCy's tokenizer seam. `known`, where set, gives the spans that must be one word each (it is not saved with the pipeline)."""

    def __init__(self, vocab: Vocab, segmenter: Segmenter | None = None, known: Known | None = None) -> None:
        self.vocab = vocab
        self.segmenter = segmenter or Segmenter()
        self.known = known

    def __call__(self, text: str, fixed: Sequence[Span] = ()) -> Doc:
        """A Doc whose `text` is `text`. One space after a word is that word's, any other white space is a token."""
        if self.known is not None:
            fixed = [*fixed, *self.known(text)]
        words: list[str] = []
        spaces: list[bool] = []
        for start, end in self.segmenter.segment(text, fixed):
            word = text[start:end]
            if word.isspace() and word[0] == " " and words and not spaces[-1]:
                spaces[-1] = True
                word = word[1:]
            if word:
                words.append(word)
                spaces.append(False)
        # A Chinese word is its own lemma.
        return Doc(self.vocab, words=words, spaces=spaces, lemmas=words)

    def to_bytes(self, **_: Any) -> bytes:
        held = self.segmenter
        buffer = io.BytesIO()
        table = held.table if held.table is not None else np.zeros((0, 4), dtype=np.float32)
        # Half precision is what the weights are rounded to when they are trained.
        np.savez_compressed(
            buffer,
            table=table.astype(np.float16),
            transitions=held.transitions,
            fold=held.fold,
            words=np.frombuffer("\n".join(sorted(held.words)).encode(), dtype=np.uint8),
        )
        return buffer.getvalue()

    def from_bytes(self, data: bytes, **_: Any) -> ChineseTokenizer:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            table = arrays["table"].astype(np.float32)
            words = arrays["words"].tobytes().decode()
            listed = words.split("\n") if words else ()
            self.segmenter = Segmenter(table if len(table) else None, arrays["transitions"], arrays["fold"], listed)
        return self

    def to_disk(self, path: Path | str, **_: Any) -> None:
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: Path | str, **_: Any) -> ChineseTokenizer:
        try:
            return self.from_bytes(Path(path).read_bytes())
        except (OSError, ValueError, KeyError) as fault:
            hint = "kg train zh-segmenter makes it again"
            raise DataError(f"the word segmenter cannot be read: {fault}", where=Path(path), hint=hint) from fault


@registry.tokenizers("kg.chinese.v1")  # type: ignore[untyped-decorator]
def chinese_tokenizer() -> Callable[[Language], ChineseTokenizer]:
    """The tokenizer that a saved Chinese pipeline names in its configuration."""
    return _on_vocab


def _on_vocab(nlp: Language) -> ChineseTokenizer:
    return ChineseTokenizer(nlp.vocab)


def _norm(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower() or text


def _first(text: str) -> str:
    return text[:1]


def _last(text: str) -> str:
    return text[-1:]


@registry.callbacks("kg.chinese_attributes.v1")  # type: ignore[untyped-decorator]
def chinese_attributes() -> Callable[[Language], Language]:
    """What the embedding sees of a Chinese word: its width-folded form, its first and its last character."""
    return _set_attributes


def _set_attributes(nlp: Language) -> Language:
    nlp.vocab.lex_attr_getters.update({NORM: _norm, PREFIX: _first, SUFFIX: _last})  # type: ignore[attr-defined]
    return nlp
