"""A large parser that teaches the small one: it reads sentences of financial news that nobody has drawn trees for.

EWT is weblogs, mail and reviews; news says "Apple Inc accused Nokia of ..." where they do not. A pretrained encoder tuned on EWT reads both,
but is too slow to ship. What it reads surely of openly licensed news joins the treebank that the small parser learns from (uptraining: Petrov
et al. 2010, "Uptraining for Accurate Deterministic Question Parsing"). Arcs and labels are scored biaffinely (Dozat & Manning 2017).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from kg.evaluation.published import SETS
from kg.nlp.encoding import Encoded, encode, open_tokenizer, padded
from kg.training.corpora import Sentence, read_conllu, write_conllu
from kg.training.encoder import pretrained
from kg.training.english import LONGEST, SHORTEST, SURE

NEWS = ("fire", "core", "dfki")  # English news and filings under licences that let what they teach be shipped
UNKNOWN = -100

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long and how fast: batches of about `pieces` word pieces; `rate` of what was pretrained, `head_rate` of what is new."""

    epochs: int = 3
    pieces: int = 1500
    rate: float = 1.0e-4
    head_rate: float = 1.0e-3
    warmup: float = 0.06
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Labels:
    """What the treebank calls things: relations, tags, and universal tags with their features (`VERB|Tense=Past`)."""

    deps: tuple[str, ...]
    tags: tuple[str, ...]
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Labels:
        """Collect the labels of a treebank."""
        kinds = {f"{pos}|{morph}" for each in sentences for pos, morph in zip(each.pos, each.morphs, strict=True)}
        columns = ({label for each in sentences for label in getattr(each, name)} for name in ("deps", "tags"))
        deps, tags = (tuple(sorted(column)) for column in columns)
        return cls(deps, tags, tuple(sorted(kinds)))


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence in pieces; `places` is the first piece of each word."""

    sentence: Sentence
    encoded: Encoded
    places: tuple[int, ...]


class Teacher(nn.Module):
    """The encoder with biaffine heads. A root is its own head."""

    def __init__(self, bert: BertModel, labels: Labels, arc: int = 256, label: int = 128) -> None:
        super().__init__()
        width = bert.config.hidden_size
        self.bert, self.labels = bert, labels
        self.arc_head, self.arc_own = _mlp(width, arc), _mlp(width, arc)
        self.dep_head, self.dep_own = _mlp(width, label), _mlp(width, label)
        self.arcs = nn.Parameter(torch.zeros(arc + 1, arc))
        self.deps = nn.Parameter(0.01 * torch.randn(len(labels.deps), label + 1, label + 1))
        self.tags, self.kinds = nn.Linear(width, len(labels.tags)), nn.Linear(width, len(labels.kinds))

    def words(self, items: Sequence[Item]) -> tuple[Tensor, Tensor]:
        """Return the states of the words (sentences x words x width) and which of them are there."""
        ids = torch.from_numpy(padded([each.encoded.ids for each in items]))
        mask = (torch.arange(ids.shape[1]) < torch.tensor([[len(each.encoded)] for each in items])).long()
        shapes = torch.from_numpy(padded([each.encoded.shapes for each in items]))
        states = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=shapes).last_hidden_state
        count = max(len(each.places) for each in items)
        places = torch.tensor([[*each.places, *[0] * (count - len(each.places))] for each in items])
        there = torch.arange(count) < torch.tensor([[len(each.places)] for each in items])
        return torch.gather(states, 1, places.unsqueeze(-1).expand(-1, -1, states.shape[-1])), there

    def scores(self, words: Tensor, there: Tensor) -> Tensor:
        """Return the score of every word as every other's head (sentences x words x heads)."""
        found = _with_one(self.arc_own(words)) @ self.arcs @ self.arc_head(words).transpose(1, 2)
        return found.masked_fill(~there[:, None, :], -1e4)

    def relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """Return the scores of the labels (sentences x words x labels), the heads being given."""
        chosen = torch.gather(words, 1, heads.unsqueeze(-1).expand(-1, -1, words.shape[-1]))
        return torch.einsum("bwi,lij,bwj->bwl", _with_one(self.dep_own(words)), self.deps, _with_one(self.dep_head(chosen)))


def teach(data: Path, file: Path, progress: Progress = lambda _: None, recipe: Recipe | None = None) -> None:
    """Tune the teacher on EWT, let it read the news of `data`, and write what it read surely to `file` (CoNLL-U).

    Raises KgError where the pretrained encoder cannot be downloaded, DataError for a file that cannot be read.
    """
    recipe = recipe or Recipe()
    torch.manual_seed(recipe.seed)
    treebank = data / "treebank"
    train = read_conllu(treebank / "en_ewt-train.conllu")
    bert, path = pretrained.load("en", file.parent.parent / "pretrained")
    tokenizer = open_tokenizer(str(path))
    teacher = Teacher(bert, Labels.of(train))
    _learn(teacher, cut(train, tokenizer), cut(read_conllu(treebank / "en_ewt-dev.conllu"), tokenizer), recipe, progress)
    read = list(parse(teacher, cut(news(data), tokenizer)))
    kept = [sentence for sentence, sure in read if sure >= SURE]
    progress(f"{len(kept)} of {len(read)} sentences of news are read surely")
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")  # a file that is there is whole
    write_conllu(kept, part)
    part.replace(file)


def news(data: Path) -> list[Sentence]:
    """Return the sentences of the published sets of relations, in words as the English pipeline cuts them, without trees."""
    tokenizer = spacy.blank("en").tokenizer
    texts = {pair.text for name in NEWS for pair in SETS[name].read(data / SETS[name].train)}
    docs = [tokenizer(" ".join(text.split())) for text in sorted(texts)]
    return [
        Sentence(tuple(token.text for token in doc), tuple(bool(token.whitespace_) for token in doc))
        for doc in docs if SHORTEST <= len(doc) <= LONGEST and not any(token.is_space for token in doc)
    ]


def cut(sentences: Sequence[Sentence], tokenizer: Tokenizer) -> list[Item]:
    """Cut sentences into pieces; those are left out that are too long or have a word without a piece."""
    items = []
    for sentence, encoded in zip(sentences, encode(tokenizer, [each.text for each in sentences]), strict=True):
        spans, start = [], 0
        for word, space in zip(sentence.words, sentence.spaces, strict=True):
            spans.append(encoded.covering(start, start + len(word)))
            start += len(word) + space
        if all(spans):
            items.append(Item(sentence, encoded, tuple(span[0] for span in spans if span)))
    return items


def parse(teacher: Teacher, items: Sequence[Item]) -> Iterator[tuple[Sentence, float]]:
    """Yield sentences with the tags and trees that the teacher reads, and the mean chance of arcs and labels; what is no tree is left out."""
    teacher.eval()
    labels = teacher.labels
    for group in _batches(sorted(items, key=lambda item: len(item.encoded)), 4000):
        with torch.no_grad():
            words, there = teacher.words(group)
            arcs = teacher.scores(words, there).softmax(-1)
            sure, heads = arcs.max(-1)
            scores = teacher.relations(words, heads)
            scores[..., labels.deps.index("ROOT")] = scores[..., labels.deps.index("ROOT")].masked_fill(heads != torch.arange(heads.shape[1]), -1e4)
            chances, deps = scores.softmax(-1).max(-1)
            tags, kinds = teacher.tags(words).argmax(-1), teacher.kinds(words).argmax(-1)
        for row, item in enumerate(group):
            count = len(item.places)
            tree = tuple(heads[row, :count].tolist())
            if not is_tree(tree):
                continue
            pos, morphs = zip(*(labels.kinds[kind].split("|", 1) for kind in kinds[row, :count].tolist()), strict=True)
            named = [labels.deps[dep] for dep in deps[row, :count].tolist()]
            found = ("ROOT" if head == place else dep for place, (head, dep) in enumerate(zip(tree, named, strict=True)))
            sentence = Sentence(item.sentence.words, item.sentence.spaces, tuple(labels.tags[tag] for tag in tags[row, :count].tolist()),
                                pos, morphs, (), tree, tuple(found))
            yield sentence, float((sure[row, :count] * chances[row, :count]).mean())


def is_tree(heads: Sequence[int]) -> bool:
    """Tell whether heads (a root is its own) make one tree."""
    if sum(head == place for place, head in enumerate(heads)) != 1:
        return False
    for place in range(len(heads)):
        seen = set()
        while heads[place] != place:
            if place in seen:
                return False
            seen.add(place)
            place = heads[place]
    return True


def _learn(teacher: Teacher, train: Sequence[Item], dev: Sequence[Item], recipe: Recipe, progress: Progress) -> None:
    teacher.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    named = [(name.startswith("bert."), each) for name, each in teacher.named_parameters() if each.requires_grad]
    rates = {True: recipe.rate, False: recipe.head_rate}
    optimizer = torch.optim.AdamW([{"params": [each for old, each in named if old is whose], "lr": rate} for whose, rate in rates.items()])
    batches = [_shuffled(train, recipe, epoch) for epoch in range(recipe.epochs)]
    whole = sum(map(len, batches))
    warm = recipe.warmup * whole
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min((step + 1) / warm, max(0.0, (whole - step) / (whole - warm))))
    for epoch, batch in enumerate(batches):
        teacher.train()
        losses = []
        for step, group in enumerate(batch):
            value = _loss(teacher, group)
            value.backward()
            torch.nn.utils.clip_grad_norm_([each for _, each in named], 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            losses.append(value.item())
            if step % 50 == 49:
                progress(f"epoch {epoch + 1} step {step + 1}/{len(batch)} loss {sum(losses[-50:]) / 50:.3f}")
        right = [(head == gold, head == gold and dep == label) for item, (read, _) in _beside(teacher, dev)
                 for head, gold, dep, label in zip(read.heads, item.heads, read.deps, item.deps, strict=True)]
        uas, las = (sum(column) / max(1, len(right)) for column in zip(*right or [(False, False)], strict=True))
        progress(f"epoch {epoch + 1}: uas {100 * uas:.2f} las {100 * las:.2f} (of sentences read as trees, {len(right)} words)")


def _beside(teacher: Teacher, items: Sequence[Item]) -> Iterator[tuple[Sentence, tuple[Sentence, float]]]:
    gold = {(item.sentence.words, item.sentence.spaces): item.sentence for item in items}
    return ((gold[read[0].words, read[0].spaces], read) for read in parse(teacher, items))


def _loss(teacher: Teacher, group: Sequence[Item]) -> Tensor:
    words, there = teacher.words(group)
    labels, width = teacher.labels, words.shape[1]

    def column(values: Callable[[Sentence], Sequence[int]]) -> Tensor:
        return torch.tensor([[*values(item.sentence), *[UNKNOWN] * (width - len(item.places))] for item in group])

    heads = column(lambda each: each.heads)
    gold = [
        (teacher.scores(words, there), heads),
        (teacher.relations(words, heads.clamp(min=0)), column(lambda each: [labels.deps.index(dep) for dep in each.deps])),
        (teacher.tags(words), column(lambda each: [labels.tags.index(tag) for tag in each.tags])),
        (teacher.kinds(words), column(lambda each: [labels.kinds.index(f"{pos}|{morph}") for pos, morph in zip(each.pos, each.morphs, strict=True)])),
    ]
    return torch.stack([functional.cross_entropy(given.flatten(0, 1), right.flatten(), ignore_index=UNKNOWN) for given, right in gold]).sum()


def _shuffled(items: Sequence[Item], recipe: Recipe, epoch: int) -> list[list[Item]]:
    chance = random.Random(recipe.seed * 1000 + epoch)  # noqa: S311
    order = list(items)
    chance.shuffle(order)
    pools = (sorted(order[start : start + 512], key=lambda item: len(item.encoded)) for start in range(0, len(order), 512))
    groups = [group for pool in pools for group in _batches(pool, recipe.pieces)]
    chance.shuffle(groups)
    return groups


def _batches(items: Sequence[Item], pieces: int) -> Iterator[list[Item]]:
    group: list[Item] = []
    for item in items:
        if group and (len(group) + 1) * len(item.encoded) > pieces:
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _mlp(width: int, out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, out), nn.LeakyReLU(0.1), nn.Dropout(0.2))


def _with_one(table: Tensor) -> Tensor:
    return torch.cat([table, torch.ones(*table.shape[:-1], 1)], -1)
