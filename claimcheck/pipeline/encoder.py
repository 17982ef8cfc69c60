"""A second opinion by a small sentence encoder, where the linear model is in doubt.

The encoder is all-MiniLM-L6-v2 (Wang et al. 2020, NeurIPS; Apache-2.0), fine-tuned on the corpus by
:mod:`claimcheck.classifier.finetune` and run by onnxruntime in eight-bit integers. It sees the heading, the sentence
before and the sentence; the linear model sees the lexicon. The two err on different sentences, so their mean logit is
better than either.
"""

from __future__ import annotations

import math
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from claimcheck.classifier.encoding import MODEL, PIECES_MAX, TOKENIZER, View
from claimcheck.pipeline.component import Component
from claimcheck.pipeline.reading import Reading, Sentence, reading
from claimcheck.terms import BlockKind

_BATCH = 32


class Encoder(Component):
    """Corrects ``sentence.claim``.

    Args:
        name: Name in the pipeline.
        sure: A probability of a claim under this, or over one minus this, is left as it is and costs nothing.
    """

    def __init__(self, name: str, sure: float) -> None:
        super().__init__(name)
        self.sure = sure
        self._folder: Path | None = None
        self._session: Any = None
        self._tokenizer: Any = None

    def to_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        """Copy the encoder's two files."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        for name in (MODEL, TOKENIZER):
            if self._folder and not (path / name).exists():
                shutil.copyfile(self._folder / name, path / name)

    def from_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> Encoder:
        """Load the encoder.

        Raises:
            FileNotFoundError: the pipeline folder is incomplete.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        self._folder = Path(path)
        if not (self._folder / MODEL).is_file():
            raise FileNotFoundError(self._folder / MODEL)
        self._tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        self._tokenizer.enable_truncation(PIECES_MAX)
        self._tokenizer.enable_padding()
        self._session = onnxruntime.InferenceSession(self._folder / MODEL, providers=["CPUExecutionProvider"])
        return self

    def annotate(self, docs: list[Doc]) -> None:
        """Encode the doubtful sentences of a batch, those of like length together."""
        places = [place for doc in docs for place in self._doubtful(reading(doc), doc)]
        places.sort(key=lambda place: len("".join(place[1].pair)))
        for start in range(0, len(places), _BATCH):
            part = places[start : start + _BATCH]
            for (sentence, _), logit in zip(part, self._logits([view for _, view in part]), strict=True):
                own = math.log(sentence.claim / (1 - sentence.claim))
                sentence.claim = 1 / (1 + math.exp(-(own + logit) / 2))

    def _doubtful(self, found: Reading, doc: Doc) -> list[tuple[Sentence, View]]:
        """The sentences that have words and are in doubt, each as the encoder sees it."""
        heading = before = ""
        places = []
        for sentence in found.sentences:
            text = doc[sentence.first : sentence.last].text.strip()
            if sentence.end > sentence.start and self.sure < sentence.claim < 1 - self.sure:
                places.append((sentence, View(heading, before, text)))
            before = text
            if sentence.block is BlockKind.HEADING:
                heading = text
        return places

    def _logits(self, views: list[View]) -> list[float]:
        """How far each sentence is a claim, as a log odds."""
        pieces = self._tokenizer.encode_batch([view.pair for view in views])
        feed = {
            "input_ids": np.array([p.ids for p in pieces], dtype=np.int64),
            "attention_mask": np.array([p.attention_mask for p in pieces], dtype=np.int64),
            "token_type_ids": np.array([p.type_ids for p in pieces], dtype=np.int64),
        }
        return [float(row[0]) for row in self._session.run(None, feed)[0]]
