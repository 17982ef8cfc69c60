from __future__ import annotations

import shutil
from itertools import groupby
from pathlib import Path

import pytest

from claimcheck.corpus.rows import read_rows, write_lines
from claimcheck.pipeline.build import build

DATA = Path("data")


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A tenth of the corpus with all tables, and a pipeline made from it."""
    home = tmp_path_factory.mktemp("small")
    for name in ("lexicon", "evidence", "rules", "challenge"):
        shutil.copytree(DATA / name, home / "data" / name)
    (home / "data" / "corpus").mkdir()
    for split, count in {"train": 50, "validation": 10, "test": 12}.items():
        pages = [list(group) for _, group in groupby(read_rows(DATA / "corpus", (split,)), key=lambda row: row.page)]
        rows = [row.data for page in pages[:count] for row in page]
        write_lines(home / "data" / "corpus" / f"{split}.jsonl", rows)
    (home / "models").mkdir()
    build(home / "data", home / "models" / "en_claims_sm")
    return home
