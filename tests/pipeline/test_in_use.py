import json

import pytest

from claimcheck.errors import PipelineError, UsageError
from claimcheck.pipeline.in_use import content_hash, in_use, listed, rollback, use


@pytest.fixture
def models(tmp_path):
    for name in ("en_claims_sm", "en_next"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.cfg").write_text(name)
        (tmp_path / name / "meta.json").write_text(json.dumps({"claimcheck": {"corpus": "1"}}))
    return tmp_path


def test_the_default_is_in_use_until_another_is_chosen(models):
    assert in_use(models) == "en_claims_sm"
    use(models, "en_next")
    assert [(name, used) for name, used, _ in listed(models)] == [("en_claims_sm", False), ("en_next", True)]


def test_rollback_restores_the_one_before_byte_for_byte(models):
    before = content_hash(models / in_use(models))
    use(models, "en_next")
    assert content_hash(models / in_use(models)) != before
    assert rollback(models) == "en_claims_sm"
    assert content_hash(models / in_use(models)) == before
    with pytest.raises(UsageError, match="no pipeline was in use before"):
        rollback(models)


def test_rollback_refuses_what_was_changed_meanwhile(models):
    use(models, "en_next")
    (models / "en_claims_sm" / "config.cfg").write_text("other")
    with pytest.raises(PipelineError, match="has changed"):
        rollback(models)
    assert in_use(models) == "en_next"


@pytest.mark.parametrize("name", ["nowhere", "", "../en_next", "."])
def test_only_what_is_there_can_be_used(models, name):
    with pytest.raises(UsageError, match="There are: en_claims_sm, en_next"):
        use(models, name)


def test_a_broken_record_is_told(models):
    (models / "in-use.json").write_text("{}")
    with pytest.raises(PipelineError, match="no record"):
        in_use(models)
