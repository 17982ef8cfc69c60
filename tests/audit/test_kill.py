"""Killed at any moment, an audit goes on and ends as if nothing had been."""

from __future__ import annotations

import random
import subprocess
import time

import pytest

from claimcheck.store import Store
from claimcheck.store.results import audits
from claimcheck.store.tables import State
from claimcheck.store.visits import counts
from tests.audit.looking import ROOT, audit, command, whole
from tests.sites.shop import large_shop, settled

PAGES, KILLS = 500, 10


def done(store):
    with store.reading() as session:
        found = [counts(session, info.id) for info in audits(session)]
    return sum(found[-1].values()) - found[-1][State.QUEUED] if found else 0


@pytest.mark.slow
def test_killed_ten_times_at_random_the_store_is_as_after_an_undisturbed_audit(tmp_path):
    shop = large_shop(PAGES)
    stop = shop.serve()
    settled(shop)
    try:
        plain = str(tmp_path / "plain.db")
        words = ("run", shop.root, "--delay", 0, "--allow-private", "--store")
        assert audit(*words, plain).returncode == 0
        asked = len(shop.asked)

        where, seed = str(tmp_path / "killed.db"), random.randrange(1_000_000)
        chance, store = random.Random(seed), Store.open(where)
        for target in sorted(chance.sample(range(PAGES), KILLS)):
            process = subprocess.Popen(command("audit", *words, where), cwd=ROOT, stderr=subprocess.DEVNULL)
            until = time.monotonic() + 120
            while done(store) < target and process.poll() is None and time.monotonic() < until:
                time.sleep(0.005)
            time.sleep(chance.random() * 0.05)
            process.kill()
            process.wait()
        store.close()
        ended = audit(*words, where)
        assert (ended.returncode, ended.stderr) == (0, "an earlier run was stopped; this one went on from there\n")
        kept, expected = whole(where), whole(plain)
        assert len(expected["visits"]) == PAGES + 1, seed
        for part, value in expected.items():
            assert kept[part] == value, f"{part} differs, seed {seed}"
        # A kill costs the page in hand at most; robots.txt and the sitemap are asked for anew.
        assert len(shop.asked) - asked <= asked + KILLS * 3, seed
    finally:
        stop()
