from __future__ import annotations

from claimcheck.corpus.rows import read_rows
from claimcheck.corpus.stats import stats
from tests.corpus.made import small, write


def test_every_figure(tmp_path):
    found = stats(read_rows(write(tmp_path, small()) / "corpus"))
    assert found["splits"]["train"] == {"pages": 1, "sentences": 2, "claims": 1}
    assert found["splits"]["all"] == {"pages": 3, "sentences": 6, "claims": 2}
    assert found["genres"] == {"product_page": 3}
    assert found["topics"] == {"ginger": 1, "yoga": 1, "zinc": 1}
    assert found["labels"] == {"none": 0.6667, "supported": 0.1667, "overstated": 0.0, "unsupported": 0.1667}
    assert found["grades"]["B"] == {"hedged": 1, "plain": 0, "strong": 1}
    assert found["kinds"]["disease"] == found["kinds"]["function"] == 0.5
    assert found["strengths"] == {"hedged": 0.5, "plain": 0.0, "strong": 0.5}
    assert found["unsure"] == {"sentences": 0.1667, "claims": 0.5}
    assert 0 < found["distinct_bigrams"] < 1


def test_no_rows():
    assert stats([])["splits"]["all"] == {"pages": 0, "sentences": 0, "claims": 0}
