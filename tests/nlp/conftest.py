"""What tests of reading share: one reader, and documents of a few sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Document, Language, Passage, Reading
from kg.nlp.pipeline import Reader

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def read(reader: Reader) -> Read:
    """Read a document of some texts, published on 20 January 2026; of several the first is the title."""

    def whole(*texts: str, lang: Language = "en") -> Reading:
        passages, start = [], 0
        for text in texts:
            passages.append(Passage(start=start, end=start + len(text), kind="title" if start == 0 and len(texts) > 1 else "body", language=lang))
            start += len(text) + 1
        return reader.read(Document(id="doc:1", path="a.txt", offset=0, title=texts[0], language=lang, sha256="", published="2026-01-20",
                                    text="\n".join(texts), passages=tuple(passages)))

    return whole
