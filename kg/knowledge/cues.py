"""Cues: the words that tell a plan, a forecast, a rumour or a denial from a plain fact, with their scope.

The form is medspaCy's ConText (https://github.com/medspacy/medspacy, after Harkema et al. 2009) put into data: `data/cues/{en,zh}.yaml`
holds, for each language, named sets of words, masks (words that only look like cues), stops (words that end a scope) and the cues.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationError, model_validator

from kg.errors import DataError
from kg.knowledge.yaml_file import LINE, data_folder, read_yaml, without_lines
from kg.model import Language, Modality

T = TypeVar("T", bound=BaseModel)

_NAME = re.compile(r"@([a-z_]+)")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CueExample(_Part):
    """A made-up sentence: `[trigger]` in square brackets, `{Company}` in braces, and how the trigger is to be understood."""

    text: str
    modality: Modality = "fact"
    negated: bool = False
    ended: bool = False
    holder: str | None = None

    @model_validator(mode="after")
    def _marked(self) -> CueExample:
        if len(re.findall(r"\[[^\[\]]+\]", self.text)) != 1:
            raise ValueError("the text needs one [trigger] in square brackets")
        if self.holder is not None and "{" + self.holder + "}" not in self.text:
            raise ValueError(f"the holder {self.holder!r} is not marked in the text as {{{self.holder}}}")
        return self


class Cue(_Part):
    """Words and what they say of the triggers in their scope.

    `words` are regular expressions in which a blank is any white space and `@name` one of the file's word sets; a group named `cue`
    narrows the cue to that part. `reach`: `clause` ends at any comma, `list` at a comma that begins a new clause, `sentence` at nothing
    less than a semicolon. `limit` is the most characters between cue and trigger. `targets` and `unless` are searched in the trigger's
    text. `holder` tells where the one stands whose view it is, or that it is the subject of what the trigger says; with `opening` it must
    open the sentence. `after_mention`: the cue directly follows a mention; `verbal`: no mention directly follows it.
    `tense`: it is the future tense and no more, so in another's view ("X believes Y will") it is a forecast.
    A cue that sets nothing and has no holder is only noted.
    """

    id: str
    words: tuple[str, ...]
    modality: Modality | None = None
    negated: bool = False
    ended: bool = False
    holder: Literal["before", "after", "subject"] | None = None
    direction: Literal["forward", "backward", "both"] = "forward"
    reach: Literal["clause", "list", "sentence"] = "list"
    limit: int | None = None
    targets: str | None = None
    unless: str | None = None
    opening: bool = False
    after_mention: bool = False
    verbal: bool = False
    tense: bool = False
    examples: tuple[CueExample, ...]
    _regex: re.Pattern[str] = PrivateAttr()
    _targets: re.Pattern[str] | None = PrivateAttr(default=None)
    _unless: re.Pattern[str] | None = PrivateAttr(default=None)

    @property
    def regex(self) -> re.Pattern[str]:
        """What finds the cue in a sentence."""
        return self._regex

    def fits(self, trigger: str) -> bool:
        """Tell whether the cue can speak of a trigger of this text."""
        if self._targets is not None and not self._targets.search(trigger):
            return False
        return self._unless is None or not self._unless.search(trigger)


class Cues(_Part):
    """All that a language's cue file says.

    `masks` look like cues and are none. `stops` begin a new clause whatever stands before them; `relatives` open one that the next comma
    closes. `presupposed` name a thing by what it is to another ("its unit X", "chairman X"): what is planned or denied of X leaves that
    alone, unless one of the words `linking` stands between ("will become chairman"). `between` may stand between a holder and the cue
    ("analysts", "CEO"), `titles` end what may stand before one that opens a sentence; `pronouns` stand for the one holder named before.
    `dates` are the words right before the date for which a thing is planned; without them any date in the scope counts.
    """

    language: Language
    sets: dict[str, tuple[str, ...]] = {}
    masks: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    presupposed: tuple[str, ...] = ()
    linking: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    cues: tuple[Cue, ...]
    _masks: re.Pattern[str] = PrivateAttr()
    _stops: re.Pattern[str] = PrivateAttr()
    _relatives: re.Pattern[str] = PrivateAttr()
    _presupposed: re.Pattern[str] = PrivateAttr()
    _linking: re.Pattern[str] = PrivateAttr()
    _between: re.Pattern[str] = PrivateAttr()
    _titles: re.Pattern[str] = PrivateAttr()
    _pronouns: re.Pattern[str] = PrivateAttr()
    _dates: re.Pattern[str] = PrivateAttr()

    @property
    def mask_regex(self) -> re.Pattern[str]:
        """Finds words that only look like cues."""
        return self._masks

    @property
    def stop_regex(self) -> re.Pattern[str]:
        """Finds words that end a scope."""
        return self._stops

    @property
    def relative_regex(self) -> re.Pattern[str]:
        """Finds the words that open a clause set between commas, which the next comma closes."""
        return self._relatives

    @property
    def presupposed_regex(self) -> re.Pattern[str]:
        """Matches a whole trigger that is taken for granted."""
        return self._presupposed

    @property
    def linking_regex(self) -> re.Pattern[str]:
        """Finds a word that asserts what would else be taken for granted."""
        return self._linking

    @property
    def between_regex(self) -> re.Pattern[str]:
        """Matches one of the words that may stand between a holder and the cue."""
        return self._between

    @property
    def title_regex(self) -> re.Pattern[str]:
        """Finds the office or house that stands right before a name."""
        return self._titles

    @property
    def pronoun_regex(self) -> re.Pattern[str]:
        """Matches a word that stands for a holder named before."""
        return self._pronouns

    @property
    def date_regex(self) -> re.Pattern[str]:
        """Matches the words right before the date of a plan."""
        return self._dates


def read_cues(path: Path) -> Cues:
    """Read and compile one cue file. Raises DataError with file and line."""
    raw = read_yaml(path, lines=True)
    if not isinstance(raw, dict) or not isinstance(raw.get("cues"), list):
        raise DataError("needs `language` and a list under `cues`", where=path, line=1)
    seen: dict[str, int] = {}
    cues = []
    for entry in raw["cues"]:
        line = entry.get(LINE, 1) if isinstance(entry, dict) else raw[LINE]
        cue = _checked(Cue, entry, path, line)
        if cue.id in seen:
            raise DataError(f"the cue {cue.id} stands already on line {seen[cue.id]}", where=path, line=line)
        if not cue.id.startswith(f"{raw.get('language')}."):
            raise DataError(f"the id {cue.id} should begin with {raw.get('language')}.", where=path, line=line)
        if not cue.examples:
            raise DataError(f"the cue {cue.id} has no example", where=path, line=line)
        seen[cue.id] = line
        cues.append(cue)
    book = _checked(Cues, {**without_lines(raw), "cues": cues}, path, raw[LINE])

    def compiled(fragments: tuple[str, ...], line: int, *, whole: bool = True) -> re.Pattern[str]:
        return _compile(fragments, book, path, line, whole=whole)

    for cue in book.cues:
        cue._regex = compiled(cue.words, seen[cue.id])
        cue._targets = compiled((cue.targets,), seen[cue.id], whole=False) if cue.targets else None
        cue._unless = compiled((cue.unless,), seen[cue.id], whole=False) if cue.unless else None
    book._masks = compiled(book.masks, raw[LINE])
    book._stops = compiled(book.stops, raw[LINE])
    book._relatives = compiled(book.relatives, raw[LINE])
    book._presupposed = compiled(book.presupposed, raw[LINE], whole=False)
    book._linking = compiled(book.linking, raw[LINE])
    book._between = compiled(book.between, raw[LINE])
    book._titles = compiled(tuple(f"(?:{one})[”’」]?$" for one in book.titles), raw[LINE])
    book._pronouns = compiled(book.pronouns, raw[LINE])
    book._dates = compiled(book.dates, raw[LINE])
    return book


@cache
def load_cues(language: Language) -> Cues:
    """Return the cues of a language that ship with kg (read once a process)."""
    return read_cues(data_folder("cues", f"{language}.yaml"))


def _checked(kind: type[T], value: Any, path: Path, line: int) -> T:
    try:
        return kind.model_validate(without_lines(value))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DataError(f"{place}: {first['msg']}" if place else first["msg"], where=path, line=line) from error


def _compile(fragments: tuple[str, ...], book: Cues, path: Path, line: int, *, whole: bool) -> re.Pattern[str]:
    def named(match: re.Match[str]) -> str:
        if match[1] not in book.sets:
            raise DataError(f"@{match[1]} is no set of this file", where=path, line=line, hint=f"there are {', '.join(sorted(book.sets))}")
        return "(?:" + "|".join(book.sets[match[1]]) + ")"

    parts = []
    for fragment in fragments:
        while _NAME.search(fragment):
            fragment = _NAME.sub(named, fragment)
        # A look-behind must be of one length: one blank there is one character.
        fragment = re.sub(r"\(\?<[=!][^)]*\)", lambda match: match[0].replace(" ", r"\s"), fragment)
        fragment = re.sub(r" +", r"\\s+", fragment)
        if whole and book.language == "en":
            fragment = (r"(?<![\w-])" if re.match(r"[\w(\\\[]", fragment) else "") + rf"(?:{fragment})(?!\w)"
        parts.append(fragment)
    source = "|".join(parts) or r"(?!)"
    try:
        return re.compile(source, re.IGNORECASE)
    except re.error as error:
        raise DataError(f"is no regular expression: {error}", where=path, line=line) from error
