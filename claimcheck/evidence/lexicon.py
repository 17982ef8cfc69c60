"""Names: what a claim can be about, and what it can promise.

``data/lexicon/subjects.csv`` and ``effects.csv`` are the tables people edit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from claimcheck.errors import DataError
from claimcheck.evidence.tables import rows, several
from claimcheck.phrases import phrase_units
from claimcheck.terms import EffectKind

SUBJECT_COLUMNS = ("id", "name", "type", "names", "is_a", "part_of", "surveyed", "note")
EFFECT_COLUMNS = ("id", "name", "kind", "serious", "is_a", "names", "phrases")


@dataclass(frozen=True, slots=True)
class Subject:
    """A substance, product, device, practice or exposure.

    ``surveyed`` is the year as of which its A and B effects are complete, else empty:
    an effect that is not listed then counts as not shown in people.
    """

    id: str
    name: str
    type: str
    names: tuple[str, ...] = ()
    is_a: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    surveyed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """Something a claim promises or warns of.

    ``names`` are its targets ("sleepless nights"), ``phrases`` assert it by
    themselves ("sleep through the night"). ``serious`` marks the diseases that only an
    approved treatment may be said to treat.
    """

    id: str
    name: str
    kind: EffectKind
    serious: bool = False
    is_a: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


class Lexicon:
    """Subjects and effects by id, with what is more general and more special than each."""

    def __init__(self, subjects: Mapping[str, Subject], effects: Mapping[str, Effect]) -> None:
        self.subjects = dict(subjects)
        self.effects = dict(effects)
        self._narrower: dict[str, list[str]] = {}
        for effect in self.effects.values():
            for parent in effect.is_a:
                self._narrower.setdefault(parent, []).append(effect.id)
        self._members: dict[str, list[str]] = {}
        for subject in self.subjects.values():
            for parent in subject.is_a:
                self._members.setdefault(parent, []).append(subject.id)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read and check both tables.

        Raises:
            DataError: an unknown kind or parent, a cycle, an id given twice, or a name
                that stands under two ids.
        """
        subjects_path, effects_path = folder / "subjects.csv", folder / "effects.csv"
        subjects: dict[str, Subject] = {}
        for line, row in rows(subjects_path, SUBJECT_COLUMNS):
            _new(subjects, row["id"], subjects_path, line)
            lists = {key: several(row.pop(key)) for key in ("names", "is_a", "part_of")}
            subjects[row["id"]] = Subject(**row, **lists)  # type: ignore[arg-type]
        effects: dict[str, Effect] = {}
        for line, row in rows(effects_path, EFFECT_COLUMNS):
            _new(effects, row["id"], effects_path, line)
            effects[row["id"]] = _effect(row, effects_path, line)
        _check(subjects_path, {key: (*item.is_a, *item.part_of) for key, item in subjects.items()})
        _check(effects_path, {key: item.is_a for key, item in effects.items()})
        _check_names(subjects_path, ((s.id, (s.name, *s.names)) for s in subjects.values()))
        _check_names(effects_path, ((e.id, (e.name, *e.names, *e.phrases)) for e in effects.values()))
        return cls(subjects, effects)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for the built pipeline."""
        return {
            "subjects": [asdict(item) for item in self.subjects.values()],
            "effects": [asdict(item) for item in self.effects.values()],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of :meth:`to_dict`."""
        subjects = {item["id"]: Subject(**_tuples(item)) for item in data["subjects"]}
        effects = {
            item["id"]: Effect(**{**_tuples(item), "kind": EffectKind(item["kind"])}) for item in data["effects"]
        }
        return cls(subjects, effects)

    def wider_effects(self, effect: str) -> Iterator[str]:
        """The effect itself, then all it is a case of, nearest first."""
        yield from _climb(effect, lambda key: self.effects[key].is_a if key in self.effects else ())

    def narrower_effects(self, effect: str) -> list[str]:
        """All cases of the effect, itself left out."""
        return list(_climb(effect, lambda key: self._narrower.get(key, ())))[1:]

    def wider_subjects(self, subject: str) -> Iterator[str]:
        """The subject itself, then what it is part of or a kind of, nearest first."""

        def parents(key: str) -> tuple[str, ...]:
            item = self.subjects.get(key)
            return (*item.part_of, *item.is_a) if item else ()

        yield from _climb(subject, parents)

    def members(self, subject: str) -> list[str]:
        """All kinds of a class, itself left out."""
        return list(_climb(subject, lambda key: self._members.get(key, ())))[1:]


def _climb(start: str, step: Any) -> Iterator[str]:
    """Breadth first, each once."""
    seen, queue = {start}, [start]
    while queue:
        key = queue.pop(0)
        yield key
        for following in step(key):
            if following not in seen:
                seen.add(following)
                queue.append(following)


def _effect(row: dict[str, str], path: Path, line: int) -> Effect:
    kinds = [str(kind) for kind in EffectKind]
    if row["kind"] not in kinds:
        raise DataError(path, line, f"kind is {row['kind']!r}. Use one of: {', '.join(kinds)}.")
    if row["serious"] not in ("", "yes"):
        raise DataError(path, line, f"serious is {row['serious']!r}. Use yes or leave it empty.")
    return Effect(
        row["id"],
        row["name"],
        EffectKind(row["kind"]),
        row["serious"] == "yes",
        several(row["is_a"]),
        several(row["names"]),
        several(row["phrases"]),
    )


def _new(known: Mapping[str, object], key: str, path: Path, line: int) -> None:
    if key in known:
        raise DataError(path, line, f"the id {key} stands twice.")


def _check(path: Path, parents: Mapping[str, tuple[str, ...]]) -> None:
    for key, wider in parents.items():
        for parent in wider:
            if parent not in parents:
                raise DataError(path, 0, f"{key} names the unknown parent {parent}.")
    _no_cycle(path, parents)


def _no_cycle(path: Path, parents: Mapping[str, tuple[str, ...]]) -> None:
    done: set[str] = set()
    for key in parents:
        trail: list[str] = []
        stack = [(key, 0)]
        while stack:
            item, number = stack.pop()
            if item in done:
                continue
            if number == 0:
                if item in trail:
                    raise DataError(path, 0, f"is-a runs in a circle: {' > '.join([*trail, item])}.")
                trail.append(item)
            if number < len(parents[item]):
                stack.extend(((item, number + 1), (parents[item][number], 0)))
            else:
                done.add(trail.pop())


def _check_names(path: Path, names: Iterator[tuple[str, tuple[str, ...]]]) -> None:
    owner: dict[tuple[str, ...], str] = {}
    for key, phrases in names:
        for phrase in phrases:
            known = owner.setdefault(phrase_units(phrase), key)
            if known != key:
                raise DataError(path, 0, f"the name {phrase!r} stands under {known} and {key}.")


def _tuples(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in item.items()}
