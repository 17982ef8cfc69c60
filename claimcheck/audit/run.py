"""An audit from beginning to end, or from where it was stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.audit.keeper import Keeper
from claimcheck.audit.options import Options
from claimcheck.audit.plan import plan
from claimcheck.audit.progress import Progress
from claimcheck.errors import UsageError
from claimcheck.pipeline.run import tool
from claimcheck.store import Store
from claimcheck.store.keep import keep_judge
from claimcheck.store.tables import Audit
from claimcheck.store.visits import begin_audit, unfinished_audit

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Run:
    """What came of it: the audit's number, whether it reached its end, and whether it was gone on with."""

    audit_id: int
    finished: bool
    resumed: bool


def run(source: str, store: Store, options: Options, nlp: Language, tell: Callable[[Progress], None]) -> Run:
    """Audit a source.

    Args:
        source: See :func:`claimcheck.audit.plan.plan`.
        store: Where to keep it. An audit of this source that was stopped is gone on with.
        options: Budgets and manners.
        nlp: The pipeline that judges.
        tell: Called about once a second with the progress.

    Raises:
        UsageError: the source is none, or the audit to go on with was begun by another pipeline.
    """
    planned = plan(source)
    audit, resumed = _audit(store, planned.name, source, options, nlp)
    keeper = Keeper(store, audit, options, nlp)
    keeper.queue(planned.seeds)
    spent: str | None
    if planned.online:
        from claimcheck.audit.crawl import crawl

        spent = crawl(keeper, planned, tell)
    else:
        from claimcheck.audit.offline import walk

        spent = walk(keeper, planned, tell)
    if spent is not None:
        keeper.finish(spent)
    return Run(audit.id, spent is not None, resumed)


def _audit(store: Store, name: str, source: str, options: Options, nlp: Language) -> tuple[Audit, bool]:
    with store.writing() as session:
        judge = keep_judge(session, tool(nlp))
        audit = unfinished_audit(session, name)
        if audit is None:
            return begin_audit(session, name, source, options.to_dict(), judge.id), False
        if audit.judge_id != judge.id:
            raise UsageError(
                f"audit {audit.id} of {name} was begun by another pipeline or version "
                f"({audit.judge.pipeline} {audit.judge.version}, evidence {audit.judge.evidence}). "
                "Go on with that one, or use another --store."
            )
        return audit, True
