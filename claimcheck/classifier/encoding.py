"""What the sentence encoder sees; shared by its training and its use."""

from __future__ import annotations

from typing import NamedTuple

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
PIECES_MAX = 112
_HEADING_MAX, _BEFORE_MAX = 60, 90


class View(NamedTuple):
    """A sentence with the heading over it and the sentence before it, either of which may be empty."""

    heading: str
    before: str
    text: str

    @property
    def pair(self) -> tuple[str, str]:
        """The two segments of the encoder's input."""
        return f"{self.heading[:_HEADING_MAX]} | {self.before[-_BEFORE_MAX:]}", self.text
