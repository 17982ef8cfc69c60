from __future__ import annotations

from tests.audit.hour import PAGE, played


def test_the_auditors_hour_is_as_it_is_written(run, tmp_path):
    assert played(tmp_path, lambda words: run(*words).stdout) == PAGE.read_text(encoding="utf-8")
