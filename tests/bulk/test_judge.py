from __future__ import annotations

import json
import time

import pytest

from claimcheck.bulk import judge
from claimcheck.bulk.limit import TimeLimitError, time_limit
from claimcheck.bulk.pages import Item
from claimcheck.bulk.plan import Plan
from claimcheck.bulk.table import Shard


@pytest.fixture
def plan():
    return Plan((("a.jsonl", 1),), "en_claims_sm", {"version": "0"}, "text", "id", 1.5, 1_000_000)


@pytest.fixture
def judged(nlp, plan, tmp_path, monkeypatch):
    """What becomes of some items: the counts, and the lines of the quarantine."""
    monkeypatch.setattr(judge, "loaded", lambda _: nlp)

    def call(*items):
        step = judge.Judge(plan, str(tmp_path))
        list(step.run(items, rank=0))
        bad = tmp_path / "quarantine" / "00000.jsonl"
        lines = bad.read_text(encoding="utf-8").splitlines() if bad.exists() else []
        return {name: stat.total for name, stat in step.stats.stats.items()}, [json.loads(line) for line in lines]

    return call


GOOD = [Item(str(n), b"Garlic cures cancer and ginger eases nausea.") for n in range(5)]


def test_a_document_that_takes_too_long_costs_itself(judged, monkeypatch):
    whole = judge.documents

    def slow(articles, nlp):
        if any("slowly" in article.text for article in articles):
            time.sleep(30)
        return whole(articles, nlp)

    monkeypatch.setattr(judge, "documents", slow)
    counts, bad = judged(*GOOD[:2], Item("s", b"Ginger acts slowly on the upset stomach."), *GOOD[2:])
    assert bad == [{"id": "s", "problem": "took longer than 1.5 seconds."}]
    assert (counts["documents"], counts["judged"], counts["quarantined"]) == (6, 5, 1)


def test_a_document_that_breaks_the_pipeline_costs_itself(judged, monkeypatch):
    whole = judge.documents

    def breaks(articles, nlp):
        if any("odd" in article.text for article in articles):
            raise RecursionError("too deep")
        return whole(articles, nlp)

    monkeypatch.setattr(judge, "documents", breaks)
    counts, bad = judged(Item("o", b"Garlic cures odd cancer, says the shop."), *GOOD)
    assert bad == [{"id": "o", "problem": "RecursionError: too deep"}]
    assert (counts["judged"], counts["quarantined"], counts["unsupported"]) == (5, 1, 5)


def test_what_cannot_be_parsed_costs_itself(judged, monkeypatch):
    whole = judge.read_data

    def breaks(data, source, suffix):
        if suffix:
            raise MemoryError
        return whole(data, source, suffix)

    monkeypatch.setattr(judge, "read_data", breaks)
    _, bad = judged(Item("h", b"<p>x", ".html"), Item("b", b"\0\0\0"), Item("p", problem="is no JSON."), *GOOD)
    assert [item["id"] for item in bad] == ["h", "b", "p"]
    assert [item["problem"].split(".")[0] for item in bad] == ["MemoryError: ", "is binary", "is no JSON"]


def test_another_language_is_counted_apart(judged):
    words = "Der Ingwer hilft gegen die Übelkeit, und der Knoblauch senkt den Blutdruck, sagt die Verkäuferin. " * 3
    counts, bad = judged(Item("d", words.encode()), *GOOD)
    assert (counts["other_language"], counts["judged"], bad) == (1, 5, [])


def test_a_shard_that_fails_leaves_nothing(tmp_path):
    def fail():
        with Shard(str(tmp_path), 0, {}) as shard:
            shard.quarantined("a", "odd")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_shard_without_bad_documents_has_no_quarantine(tmp_path):
    with Shard(str(tmp_path), 3, {}) as shard:
        shard.quarantined("a", "odd")
    assert [path.name for path in (tmp_path / "quarantine").iterdir()] == ["00003.jsonl"]
    with Shard(str(tmp_path), 3, {}):
        pass
    assert list((tmp_path / "quarantine").iterdir()) == []
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["00003.parquet"]


def test_a_time_limit_holds_and_goes_away():
    with pytest.raises(TimeLimitError, match=r"longer than 0\.05 seconds"), time_limit(0.05):
        time.sleep(5)
    with time_limit(0.05):
        pass
    time.sleep(0.1)
