from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import watchfiles

from claimcheck.cli.watch import keep_judging


def test_a_change_is_judged_again_and_the_last_code_counts(monkeypatch):
    codes = iter((1, 1, 0))
    monkeypatch.setattr(watchfiles, "watch", lambda *_, **__: iter([{"one"}, {"two"}]))
    assert keep_judging(["a.txt"], [], lambda: next(codes)) == 0


def test_what_is_written_starts_nothing(monkeypatch, tmp_path):
    seen = {}
    monkeypatch.setattr(
        watchfiles, "watch", lambda *_, watch_filter, **__: seen.update(filter=watch_filter) or iter(())
    )
    keep_judging([str(tmp_path)], [tmp_path / "r.html", tmp_path / "marked"], lambda: 0)
    changed = watchfiles.Change.modified
    assert seen["filter"](changed, str(tmp_path / "a.txt"))
    assert not seen["filter"](changed, str(tmp_path / "r.html"))
    assert not seen["filter"](changed, str(tmp_path / "marked" / "001-x.html"))


@pytest.mark.parametrize("source", ["-", "https://shop.example/", "missing.txt"])
def test_what_cannot_change_is_not_watched(run, source):
    result = run("scan", "--watch", source)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"--watch: {source} is no file or folder" in result.stderr


def wait_for(file: Path, text: str) -> str:
    for _ in range(600):
        shown = file.read_text(encoding="utf-8")
        if text in shown:
            return shown
        time.sleep(0.1)
    pytest.fail(f"no {text!r} within a minute; shown was {shown!r}")


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another signal there")
def test_it_watches_a_real_folder(tmp_path):
    copy, shown = tmp_path / "copy" / "a.txt", tmp_path / "shown"
    copy.parent.mkdir()
    copy.write_text("Garlic cures cancer.", encoding="utf-8")
    with shown.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "claimcheck", "scan", "--watch", str(copy.parent)],
            stdout=out,
            stderr=out,
            # A run in the background ignores Ctrl-C, and would hand that on.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 no threads are about
        )
        try:
            wait_for(shown, "1 unsupported")
            time.sleep(1)  # until the watching has begun
            copy.write_text("Our shop opens at nine.", encoding="utf-8")
            wait_for(shown, "no health claims found")
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(30)
    assert code == 0
    assert "Traceback" not in shown.read_text(encoding="utf-8")
