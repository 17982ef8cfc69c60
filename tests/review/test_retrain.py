from __future__ import annotations

import json
import shutil

import pytest

import claimcheck
from claimcheck.corpus import load_pages
from claimcheck.pipeline.in_use import content_hash, in_use
from claimcheck.review.decisions import write
from tests.review.reviewer import decisions, sheet


@pytest.fixture(scope="module")
def corrected(small):
    """Pages and the decisions of a reviewer who knows their labels."""
    pages = load_pages(small / "data" / "corpus", "validation")
    made = decisions(claimcheck.load(small / "models" / "en_claims_sm"), pages)
    path = small / "decisions.jsonl"
    write(path, [sheet(page) for page in pages], made)
    return path


def test_corrected_claims_come_out_right_and_nothing_else_gets_worse(run, small, corrected):
    models = small / "models"
    before = content_hash(models / "en_claims_sm")
    words = ("--decisions", corrected, "--data", small / "data", "--models", models)
    result = run("retrain", "en_next", *words, "--promote", "--format", "json")
    outcome = json.loads(result.stdout)
    assert result.exit_code == int(bool(outcome["refusals"]))
    assert outcome["corrections"] > 20
    assert outcome["learned"] / outcome["corrections"] > 0.5
    assert {line["of"] for line in outcome["lines"]} == {"test", "challenge", "random twentieth"}
    assert outcome["turns"]
    assert outcome["refusals"] == []
    assert in_use(models) == "en_next"
    assert (models / "en_next" / "decisions.jsonl").read_bytes() == corrected.read_bytes()

    again = small / "again"
    again.mkdir()
    shutil.copytree(models / "en_claims_sm", again / "en_claims_sm")
    recorded = models / "en_next" / "decisions.jsonl"
    run("retrain", "en_next", "--decisions", recorded, "--data", small / "data", "--models", again)
    assert content_hash(again / "en_next") == content_hash(models / "en_next")

    assert run("models", "rollback", "--models", models).stdout == "in use: en_claims_sm\n"
    assert content_hash(models / in_use(models)) == before
    assert "* en_claims_sm" in run("models", "list", "--models", models).stdout
    assert run("models", "use", "en_next", "--models", models).exit_code == 0
    assert run("retrain", "en_next", *words).exit_code == 2


@pytest.mark.parametrize("words", [[], ["--decisions", "x", "--store", "y"]])
def test_decisions_come_from_one_place(run, small, words):
    words = [str(small / "decisions.jsonl") if word == "x" else word for word in words]
    result = run("retrain", "en_other", *words, "--models", small / "models")
    assert result.exit_code == 2
