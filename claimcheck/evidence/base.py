"""The evidence base: from a subject, an effect and a direction to what is known."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from claimcheck.errors import DataError
from claimcheck.evidence.conditions import people
from claimcheck.evidence.lexicon import Lexicon
from claimcheck.evidence.tables import rows
from claimcheck.records import EvidenceEntry, EvidenceMatch, entry_from_dict
from claimcheck.terms import Direction, Grade, Reach

ENTRY_COLUMNS = tuple(EvidenceEntry.__dataclass_fields__)
_INVERTED = {Grade.A: Grade.D, Grade.B: Grade.C, Grade.C: Grade.B, Grade.D: Grade.A}
_OPPOSITE = {Direction.HARM: Direction.SAFETY, Direction.SAFETY: Direction.HARM}
_ANY_HARM = "side-effects"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the base says: a grade, the entries behind it, and a sentence on how it got there."""

    grade: Grade
    matches: tuple[EvidenceMatch, ...]
    how: str

    @property
    def via(self) -> str:
        """The way it was found, in a word: direct, effect, subject, members, inverted or surveyed."""
        return self.matches[0].via.partition(":")[0] if self.matches else "surveyed"


class EvidenceBase:
    """Entries over a lexicon, asked by :meth:`ask`."""

    def __init__(self, lexicon: Lexicon, entries: Iterable[EvidenceEntry]) -> None:
        self.lexicon = lexicon
        self._rows: dict[str, str] = {}
        self._known: dict[str, list[EvidenceEntry]] = {}
        self._answers: dict[tuple[str, str, Direction, Reach | None, frozenset[str]], Answer | None] = {}
        self._relations: dict[str, dict[tuple[str, Direction], list[EvidenceEntry]]] = {}
        for entry in entries:
            self._known.setdefault(entry.subject, []).append(entry)

    @property
    def entries(self) -> dict[str, EvidenceEntry]:
        """All entries by id."""
        for subject in self._rows:
            self._of(subject)
        return {entry.id: entry for known in self._known.values() for entry in known}

    def _of(self, subject: str) -> list[EvidenceEntry]:
        """The entries of a subject; of a loaded base only those that are asked for are parsed."""
        if subject not in self._known:
            reader = csv.reader(io.StringIO(self._rows.get(subject, "")))
            self._known[subject] = [entry_from_dict(dict(zip(ENTRY_COLUMNS, row, strict=True))) for row in reader]
        return self._known[subject]

    def of_subject(self, subject: str) -> list[EvidenceEntry]:
        """All entries of a subject itself, none of what it is a kind of."""
        return list(self._of(subject))

    def _on_file(self, subject: str, effect: str, direction: Direction) -> list[EvidenceEntry]:
        relations = self._relations.get(subject)
        if relations is None:
            relations = self._relations[subject] = {}
            for entry in self._of(subject):
                relations.setdefault((entry.effect, entry.direction), []).append(entry)
        return relations.get((effect, direction), [])

    @classmethod
    def load(cls, folder: Path, lexicon: Lexicon) -> Self:
        """Read every table in ``folder`` and check it.

        Raises:
            DataError: unknown subject, effect, direction, grade, reach or status; no
                reference; an id given twice.
        """
        entries: dict[str, EvidenceEntry] = {}
        for path in sorted(folder.glob("*.csv")):
            for line, row in rows(path, ENTRY_COLUMNS):
                if row["id"] in entries:
                    raise DataError(path, line, f"the id {row['id']} stands twice.")
                entries[row["id"]] = _entry(row, lexicon, path, line)
        return cls(lexicon, entries.values())

    def to_dict(self) -> dict[str, Any]:
        """Plain data for the built pipeline: the entries of each subject as CSV."""
        rows = dict(self._rows)
        for subject, known in self._known.items():
            if not known:
                continue
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerows([getattr(entry, name) or "" for name in ENTRY_COLUMNS] for entry in known)
            rows[subject] = text.getvalue()
        return {**self.lexicon.to_dict(), "entries": dict(sorted(rows.items()))}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of :meth:`to_dict`."""
        base = cls(Lexicon.from_dict(data), ())
        base._rows = dict(data["entries"])
        return base

    def contradictions(self) -> list[tuple[EvidenceEntry, EvidenceEntry]]:
        """Pairs of entries that give one relation, for the same people and dose, two grades."""
        found = []
        first: dict[tuple[str, ...], EvidenceEntry] = {}
        for entry in self.entries.values():
            key = (entry.subject, entry.effect, entry.direction, entry.holds_for)
            known = first.setdefault(key, entry)
            if known.grade is not entry.grade:
                found.append((known, entry))
        return found

    def ask(
        self,
        subject: str,
        effect: str,
        direction: Direction,
        reach: Reach | None = None,
        groups: frozenset[str] = frozenset(),
    ) -> Answer | None:
        """What is known of this subject and this effect.

        The most special answer wins: the pair itself; then a wider effect ("arthritis"
        for knee osteoarthritis); then the cases of a wide effect, where they agree; then the
        same for what the subject is part of or a kind of; then the members of a class, where
        they agree. A harm never answers a benefit; it answers the claim of its absence.
        A surveyed subject answers C where nothing is listed.

        Args:
            subject: Subject id.
            effect: Effect id.
            direction: What the claim asserts.
            reach: The relation it asserts; entries that carry it answer before others of the same pair.
            groups: The people it names, as :func:`~claimcheck.evidence.conditions.people` gives them; entries
                that hold for them answer before others of the same pair.

        Returns:
            None where nothing on file answers.
        """
        key = (subject, effect, direction, reach, groups)
        if key not in self._answers:
            self._answers[key] = self._find(*key)
        return self._answers[key]

    def _find(
        self, subject: str, effect: str, direction: Direction, reach: Reach | None, groups: frozenset[str]
    ) -> Answer | None:
        for candidate in self.lexicon.wider_subjects(subject):
            if candidate != subject and not self._may_answer(candidate, subject):
                continue
            answer = self._ask_subject(candidate, effect, direction, reach, groups)
            if answer:
                return self._named(answer, subject, candidate)
        return self._members_agree(subject, effect, direction) or self._surveyed(subject, effect, direction)

    def _may_answer(self, candidate: str, subject: str) -> bool:
        """A medicine never answers for a supplement, nor the reverse."""
        kinds = [self.lexicon.subjects[key].type for key in (candidate, subject)]
        return (kinds[0] in ("medicine", "vaccine")) == (kinds[1] in ("medicine", "vaccine"))

    def _named(self, answer: Answer, subject: str, candidate: str) -> Answer:
        if subject == candidate:
            return answer
        name, wider = (self.lexicon.subjects[key].name for key in (subject, candidate))
        matches = tuple(EvidenceMatch(m.entry, f"subject:{candidate}") for m in answer.matches)
        return Answer(answer.grade, matches, f"{name} is answered for by {wider}; {answer.how}")

    def _ask_subject(
        self,
        subject: str,
        effect: str,
        direction: Direction,
        reach: Reach | None = None,
        groups: frozenset[str] = frozenset(),
    ) -> Answer | None:
        for wider in self.lexicon.wider_effects(effect):
            found = self._on_file(subject, wider, direction)
            if found:
                via = "direct" if wider == effect else f"effect:{wider}"
                return self._answer(found, via, reach, groups)
        inverse = self._inverse(subject, effect, direction)
        if inverse:
            return inverse
        cases = [
            entry for case in self.lexicon.narrower_effects(effect) for entry in self._on_file(subject, case, direction)
        ]
        if cases and len({entry.grade for entry in cases}) == 1:
            return self._answer(cases[:3], f"effect:{cases[0].effect}")
        return None

    def _inverse(self, subject: str, effect: str, direction: Direction) -> Answer | None:
        opposite = _OPPOSITE.get(direction)
        if opposite is None:
            return None
        known = self._on_file(subject, effect, opposite)
        if not known and direction is Direction.SAFETY and effect == _ANY_HARM:
            known = [e for e in self._of(subject) if e.direction is opposite and e.grade is Grade.A]
        if not known:
            return None
        best = min(known, key=lambda entry: entry.grade)
        return Answer(
            _INVERTED[best.grade],
            (EvidenceMatch(best, "inverted"),),
            f"what is on file is its {best.direction}, grade {best.grade}",
        )

    def _answer(
        self,
        entries: list[EvidenceEntry],
        via: str,
        reach: Reach | None = None,
        groups: frozenset[str] = frozenset(),
    ) -> Answer:
        """Of entries for different people, doses or relations the one for these people or this relation, else the best.

        A text seldom says for whom; the reading that is kindest to it is taken.
        """
        best = min(
            entries,
            key=lambda entry: (not groups & people(entry.holds_for), entry.carries is not reach, entry.grade),
        )
        how = "on file" if via == "direct" else f"on file for {self.lexicon.effects[best.effect].name}"
        return Answer(best.grade, (EvidenceMatch(best, via),), how)

    def _members_agree(self, subject: str, effect: str, direction: Direction) -> Answer | None:
        answers = [self._ask_subject(key, effect, direction) for key in self.lexicon.members(subject)]
        known = [answer for answer in answers if answer]
        if len(known) < 2 or len({answer.grade for answer in known}) != 1:
            return None
        matches = tuple(EvidenceMatch(a.matches[0].entry, "members") for a in known[:3])
        return Answer(known[0].grade, matches, f"{len(known)} members of the class agree")

    def _surveyed(self, subject: str, effect: str, direction: Direction) -> Answer | None:
        item = self.lexicon.subjects.get(subject)
        if not item or not item.surveyed or not effect:
            return None
        if direction not in (Direction.BENEFIT, Direction.MECHANISM):
            return None
        return Answer(Grade.C, (), f"nothing on file for this effect; surveyed {item.surveyed}")

    def search(self, words: str) -> list[EvidenceEntry]:
        """Entries whose subject, effect, names or note hold all the words, in file order."""
        wanted = words.lower().split()
        return [entry for entry in self.entries.values() if all(w in self._text(entry) for w in wanted)]

    def _text(self, entry: EvidenceEntry) -> str:
        subject = self.lexicon.subjects[entry.subject]
        effect = self.lexicon.effects[entry.effect]
        return " ".join(
            (entry.id, subject.name, *subject.names, effect.name, *effect.names, entry.note, entry.holds_for)
        ).lower()


def _entry(row: dict[str, str], lexicon: Lexicon, path: Path, line: int) -> EvidenceEntry:
    if row["subject"] not in lexicon.subjects:
        raise DataError(path, line, f"unknown subject {row['subject']!r}. Add it to subjects.csv.")
    if row["effect"] not in lexicon.effects:
        raise DataError(path, line, f"unknown effect {row['effect']!r}. Add it to effects.csv.")
    if not row["reference"]:
        raise DataError(path, line, "no reference. Say where a person can find it.")
    vocabularies: Mapping[str, list[str]] = {
        "direction": list(Direction),
        "grade": list(Grade),
        "carries": ["", *Reach],
        "status": ["verified", "recalled"],
    }
    for column, allowed in vocabularies.items():
        if row[column] not in allowed:
            named = ", ".join(filter(None, allowed))
            raise DataError(path, line, f"{column} is {row[column]!r}. Use one of: {named}.")
    return entry_from_dict(row)
