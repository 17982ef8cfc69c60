"""Whether the corpus keeps its own rules, each problem with its place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from claimcheck.corpus.pages import NONE
from claimcheck.corpus.rows import Row
from claimcheck.corpus.schema import PAGE_FIELDS, row_problems, span_problems
from claimcheck.corpus.wording import alike, frame
from claimcheck.terms import Grade, Strength, Verdict

ALIKE_MAX = 0.6
FRAME_MAX = 5
TOPIC_MAX = 0.03
_FEW_PAGES = 34  # of fewer pages each is more than 3 %
VerdictOf = Callable[[Grade, Strength, str], Verdict]


class Problem(NamedTuple):
    """A row that breaks a rule."""

    row: Row
    text: str

    def __str__(self) -> str:
        return f"{self.row.path}:{self.row.line}: page {self.row.page}: {self.text} Sentence: {self.row.text!r}"


def check(rows: Sequence[Row], verdict_of: VerdictOf) -> dict[str, list[Problem]]:
    """Check a corpus.

    Args:
        rows: All rows of all splits, in file order.
        verdict_of: The verdict that a grade, a strength and a refinement give.

    Returns:
        For each rule, in the words of a user, the problems; a row that breaks the schema is left out of the rules
        that follow.
    """
    schema = [Problem(row, text) for row in rows for text in row_problems(row.data)]
    broken = {id(problem.row) for problem in schema}
    sound = [row for row in rows if id(row) not in broken]
    return {
        "every row follows the schema": schema,
        "claims lie inside their sentence and do not overlap": [
            Problem(row, text) for row in sound for text in span_problems(row.data)
        ],
        "a sentence bears the worst verdict of its claims": list(_labels(sound)),
        "verdicts follow from grade, strength and refinement": list(_verdicts(sound, verdict_of)),
        "a page stands in one place, and is one page": list(_pages(sound)),
        "splits share no page and no topic": [*_shared(sound, "page"), *_shared(sound, "topic")],
        f"no sentences of two pages share over {ALIKE_MAX:.0%} of their 5-grams": list(_alike(sound)),
        f"no frame of six words or more is used over {FRAME_MAX} times": list(_frames(sound)),
        f"no topic is on over {TOPIC_MAX:.0%} of the pages": list(_topics(sound)),
    }


def worst(verdicts: Iterable[str]) -> str:
    """The worst of some verdicts, ``none`` where there is none."""
    return max(verdicts, key=lambda verdict: Verdict(verdict).rank, default=NONE)


def _labels(rows: Iterable[Row]) -> Iterator[Problem]:
    for row in rows:
        label = worst(claim["verdict"] for claim in row.data["claims"])
        if label != row.data["label"]:
            yield Problem(row, f"label is {row.data['label']}, the worst verdict in it {label}.")


def _verdicts(rows: Iterable[Row], verdict_of: VerdictOf) -> Iterator[Problem]:
    for row in rows:
        for number, claim in enumerate(row.data["claims"], 1):
            due = verdict_of(Grade(claim["grade"]), Strength(claim["strength"]), claim["refinement"])
            if due != claim["verdict"]:
                reason = " ".join(filter(None, (claim["grade"], claim["strength"], claim["refinement"])))
                yield Problem(row, f"claim {number}: verdict is {claim['verdict']}, {reason} gives {due}.")


def _pages(rows: Iterable[Row]) -> Iterator[Problem]:
    seen: set[str] = set()
    for (_, page), group in groupby(rows, key=lambda row: (row.path, row.page)):
        first, *others = group
        if page in seen:
            yield Problem(first, "stands in two places, or two pages have this id.")
        seen.add(page)
        if first.data["joins"]:
            yield Problem(first, "the first sentence of a page joins nothing.")
        for row in others:
            different = [name for name in PAGE_FIELDS if row.data[name] != first.data[name]]
            if different:
                yield Problem(row, f"{different[0]} is not that of the page's first sentence.")


def _shared(rows: Iterable[Row], field: str) -> Iterator[Problem]:
    home: dict[str, Row] = {}
    told: set[tuple[str, str]] = set()
    for row in rows:
        key = row.data[field].lower()
        first = home.setdefault(key, row)
        if first.split != row.split and (key, row.split) not in told:
            told.add((key, row.split))
            yield Problem(row, f"the {field} {row.data[field]!r} is in {first.split} too (page {first.page}).")


def _alike(rows: Sequence[Row]) -> Iterator[Problem]:
    for one, other, share in alike([row.text for row in rows], [row.page for row in rows], ALIKE_MAX):
        first = rows[one]
        place = f"{first.path.name}:{first.line}, page {first.page}"
        yield Problem(rows[other], f"shares {share:.0%} of its 5-grams with {first.text!r} ({place}).")


def _frames(rows: Iterable[Row]) -> Iterator[Problem]:
    users: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        users[frame(row.text)].append(row)
    for found, using in users.items():
        if found and len(using) > FRAME_MAX:
            yield Problem(using[FRAME_MAX], f"the frame {found!r} is used {len(using)} times.")


def _topics(rows: Iterable[Row]) -> Iterator[Problem]:
    first = {row.page: row for row in reversed(list(rows))}
    topics = Counter(row.data["topic"].lower() for row in first.values())
    for row in sorted(first.values(), key=lambda row: (row.path, row.line)):
        count = topics.pop(row.data["topic"].lower(), 0)
        if len(first) >= _FEW_PAGES and count > TOPIC_MAX * len(first):
            yield Problem(row, f"the topic {row.data['topic']!r} is on {count} of {len(first)} pages.")
