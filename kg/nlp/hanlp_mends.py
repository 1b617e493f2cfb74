"""What HanLP's stock components need before they can be trusted (HanLP 2.1.5): nothing is changed in HanLP itself, only in the component.

Recurrent taggers hand the number of tags to a CRF whose second argument then says that the batch is not first: decoding runs across the
batch and truncates in silence. The recurrent tokenizer cannot predict, and overwrites its caller's list. Dependency parsers give graphs
with cycles and several roots unless told to make trees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any


def mend(component: Any) -> Any:
    """Mend a HanLP component, trained or about to be; a multi-task model and a pipeline are mended in each of their parts. Returns it."""
    for part in _parts(component):
        names = {each.__name__ for each in type(part).__mro__}
        if "RNNTagger" in names:
            _mend_crf(part)
        if "RNNTokenizer" in names:
            _mend_tokenizer(part)
        if names & {"BiaffineDependencyParser", "BiaffineDependencyParsing"} and "tree" in part.config:
            part.config.tree = True
    return component


def _parts(component: Any) -> Iterator[Any]:
    if isinstance(component, list):  # a HanLP pipeline is a list of pipes
        for pipe in component:
            yield from _parts(pipe.component)
    else:
        yield component
        yield from getattr(component, "tasks", {}).values()


def _mend_crf(tagger: Any) -> None:
    build = tagger.build_model

    def build_model(*given: Any, **named: Any) -> Any:
        return _batch_first(build(*given, **named))

    tagger.build_model = build_model
    if tagger.model is not None:
        _batch_first(tagger.model)


def _batch_first(model: Any) -> Any:
    if getattr(model, "crf", None) is not None:
        model.crf.batch_first = True
    return model


def _mend_tokenizer(tokenizer: Any) -> None:
    from hanlp.components.taggers.rnn_tagger import RNNTagger
    from hanlp.datasets.tokenization.loaders.chunking_dataset import ChunkingDataset

    def build_dataset(data: Any, transform: Any = None, **_: Any) -> Any:
        return ChunkingDataset(data, [each for each in (tokenizer.config.get("transform"), *(transform or ())) if each is not None])

    def update_metrics(metric: Any, logits: Any, _: Any, mask: Any, batch: Any, prediction: Any = None) -> None:
        found = prediction if prediction is not None else tokenizer.decode_output(logits, mask, batch)
        metric(tokenizer._id_to_tags(found), batch["tag"])

    def predict(text: str | Sequence[str], batch_size: int | None = None, **named: Any) -> Any:
        single = isinstance(text, str)
        words = RNNTagger.predict(tokenizer, [list(each) for each in ([text] if single else text)], batch_size, **named)
        return words[0] if single else words

    tokenizer.build_dataset, tokenizer.update_metrics, tokenizer.predict = build_dataset, update_metrics, predict
