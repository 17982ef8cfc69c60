"""A small corpus that keeps every rule, for tests to break."""

from __future__ import annotations

import json

TEXTS = {
    "train": ("a-1", "ginger", "Ginger may settle the stomach on a rough ferry."),
    "validation": ("b-1", "zinc", "Zinc cures every cold overnight!"),
    "test": ("c-1", "yoga", "Our studio opens at seven and the tea is free."),
}


def claim(text, quote, **changes):
    start = text.index(quote)
    return {
        "start": start,
        "end": start + len(quote),
        "kind": "function",
        "flags": [],
        "strength": "plain",
        "grade": "A",
        "subject": "ginger",
        "effect": "nausea",
        "refinement": "",
        "verdict": "supported",
        "unsure": False,
    } | changes


def row(page="a-1", topic="ginger", text="Our shop stands by the harbour.", **changes):
    return {
        "page": page,
        "genre": "product_page",
        "topic": topic,
        "stance": "sells",
        "block": "paragraph",
        "joins": False,
        "text": text,
        "label": "none",
        "unsure": False,
        "claims": [],
    } | changes


def small():
    """One page a split; of each the first sentence is a heading."""
    rows = {}
    for split, (page, topic, text) in TEXTS.items():
        rows[split] = [row(page, topic, f"All about {topic}", block="heading"), row(page, topic, text)]
    hedged, strong = rows["train"][1], rows["validation"][1]
    hedged["claims"] = [
        claim(hedged["text"], "settle the stomach", flags=["hedged"], strength="hedged", grade="B", unsure=True)
    ]
    hedged |= {"label": "supported", "unsure": True}
    strong["claims"] = [
        claim(
            strong["text"],
            "cures every cold overnight",
            kind="disease",
            flags=["absolute", "quoted"],
            strength="strong",
            grade="B",
            subject="zinc — “zinc”",
            effect="common cold",
            refinement="serious",
            verdict="unsupported",
        )
    ]
    strong |= {"label": "unsupported", "joins": True, "block": "list_item"}
    return rows


def write(folder, rows):
    """Write splits of rows as ``folder/corpus/*.jsonl``; returns the data folder."""
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    for split, found in rows.items():
        lines = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in found)
        (folder / "corpus" / f"{split}.jsonl").write_text(lines, encoding="utf-8")
    return folder
