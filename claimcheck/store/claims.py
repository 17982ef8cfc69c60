"""Claims by their words, and the families they form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from claimcheck.store.tables import ClaimText


@dataclass(frozen=True, slots=True)
class Signed:
    """A claim with its signature; ``family`` is None until it is grouped."""

    id: int
    quote: str
    signature: bytes
    family: int | None


def unsigned(session: Session) -> list[tuple[int, str]]:
    """Claims that have no signature yet: id and sentence."""
    found = select(ClaimText.id, ClaimText.sentence).where(ClaimText.signature.is_(None)).order_by(ClaimText.id)
    return [(number, sentence) for number, sentence in session.execute(found)]


def sign(session: Session, signatures: Iterable[tuple[int, bytes]]) -> None:
    """Keep signatures by claim id."""
    rows = [{"number": number, "made": made} for number, made in signatures]
    if rows:
        changed = update(ClaimText).where(ClaimText.id == bindparam("number")).values(signature=bindparam("made"))
        session.connection().execute(changed, rows)


def signatures(session: Session) -> list[Signed]:
    """Every claim that has a signature, in the order of the fingerprints."""
    found = select(ClaimText.id, ClaimText.quote, ClaimText.signature, ClaimText.family_id)
    rows = session.execute(found.where(ClaimText.signature.is_not(None)).order_by(ClaimText.fingerprint))
    return [Signed(number, quote, made or b"", family) for number, quote, made, family in rows]


def set_families(session: Session, families: Mapping[int, int]) -> None:
    """Keep the family of each claim."""
    rows = [{"number": number, "family": family} for number, family in families.items()]
    if rows:
        changed = update(ClaimText).where(ClaimText.id == bindparam("number")).values(family_id=bindparam("family"))
        session.connection().execute(changed, rows)
