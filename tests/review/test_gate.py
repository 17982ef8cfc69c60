import random

from claimcheck.review.gate import LABELS, Judged, refused, table


def judged(right_old, right_new, count=600):
    draw = random.Random(3)
    items = []
    for n in range(count):
        gold = LABELS[n % 4]
        other = LABELS[(n + 1) % 4]
        old = gold if draw.random() < right_old else other
        new = gold if draw.random() < right_new else other
        items.append(Judged(f"page{n // 10}", gold, old, new, ("first" if n < count / 2 else "second",)))
    return items


def test_a_pipeline_that_is_no_worse_passes():
    assert refused(table("test", judged(0.7, 0.7))) == []
    assert refused(table("test", judged(0.7, 0.9))) == []


def test_a_pipeline_that_is_worse_in_a_class_is_refused():
    assert {line.label for line in refused(table("test", judged(0.8, 0.5)))} == set(LABELS)
    one = [
        item if item.gold != "supported" else Judged(item.unit, item.gold, item.gold, "none") for item in judged(1, 1)
    ]
    assert "supported" in {line.label for line in refused(table("test", one))}


def test_the_table_has_every_class_and_slice_and_its_intervals_hold_the_difference():
    lines = table("test", judged(0.7, 0.75))
    assert {line.slice for line in lines} == {"all", "first", "second"}
    assert {line.label for line in lines if line.slice == "all"} == {*LABELS, "macro"}
    assert all(line.low <= line.new - line.old <= line.high for line in lines)


def test_no_sentence_gives_no_line():
    assert table("random twentieth", []) == []
