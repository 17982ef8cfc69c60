"""Audits in processes of their own, and what their stores hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

from claimcheck.store import Store
from claimcheck.store.results import audit_info, hits, pages, places
from claimcheck.store.tables import ClaimText, Snapshot

ROOT = Path(__file__).parents[2]


def command(*arguments):
    return [sys.executable, "-m", "tests.audit.cli", *map(str, arguments)]


def audit(*arguments):
    """Run ``claimcheck audit`` to its end."""
    words = ["--loopback-is-public"] if "--loopback-is-public" in arguments else []
    rest = [argument for argument in arguments if argument not in words]
    return subprocess.run(
        command(*words, "audit", *rest), cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )


def states(where, audit_id=None, root=""):
    """State and problem of each page, by its address below the root."""
    store = Store.open(where)
    with store.reading() as session:
        found = pages(session, audit_info(session, audit_id).id)
    store.close()
    return {page.url.removeprefix(root): (str(page.state), page.problem) for page in found}


def whole(where):
    """All that an audit leaves in a store, without numbers and times."""
    store = Store.open(where)
    with store.reading() as session:
        info = audit_info(session)
        kept = {
            "notes": info.notes,
            "finished": info.finished is not None,
            "visits": [(p.url, p.state, p.problem, p.depth, p.title, p.language) for p in pages(session, info.id)],
            "places": [
                (p.url, p.start, p.fingerprint, p.family, p.quote, p.sentence, p.verdict, p.data)
                for p in places(session, info.id, info.judge_id)
            ],
            "rules": sorted((h.url, h.fingerprint, h.rule, h.message) for h in hits(session, info.id, info.judge_id)),
            "snapshots": sorted(map(tuple, session.execute(select(Snapshot.hash, Snapshot.text, Snapshot.etag)))),
            "claims": sorted(map(tuple, session.execute(select(ClaimText.fingerprint, ClaimText.signature)))),
        }
    store.close()
    return kept
