import pytest

from claimcheck.config import DEFAULTS, find, settings
from claimcheck.errors import DataError


def test_without_a_file_all_is_default(tmp_path):
    assert {key: item.value for key, item in settings(tmp_path, {}).items()} == DEFAULTS


def test_the_nearest_file_above_holds_and_options_go_before_it(tmp_path):
    (tmp_path / "claimcheck.toml").write_text('jurisdiction = ["us"]\nbaseline = "b.json"\n', encoding="utf-8")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    found = settings(inner, {"jurisdiction": ("eu",), "platform": ()})
    assert found["jurisdiction"] == (("eu",), "option")
    assert found["baseline"] == (str(tmp_path / "b.json"), str(tmp_path / "claimcheck.toml"))
    assert found["platform"] == ((), "default")


def test_pyproject_counts_where_it_speaks_of_claimcheck(tmp_path):
    path = tmp_path / "pyproject.toml"
    path.write_text("[tool.other]\nx = 1\n", encoding="utf-8")
    assert find(tmp_path) != path
    path.write_text('[tool.other]\nx = 1\n\n[tool.claimcheck]\nignore = ["FDA101"]\n', encoding="utf-8")
    assert find(tmp_path) == path
    assert settings(tmp_path, {})["ignore"].value == ("FDA101",)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('\njurisdictoin = ["us"]\n', r"claimcheck\.toml:2: unknown key 'jurisdictoin'\. Did you mean jurisdiction\?"),
        ('jurisdiction = ["usa"]\n', r"claimcheck\.toml:1: jurisdiction 'usa'\. Did you mean us\?"),
        ('jurisdiction = "us"\n', "must be a list of texts"),
        ("fail-on = 3\n", "must be a text"),
        ("fail-on = [\n", "is no TOML"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(tmp_path, text, complaint):
    (tmp_path / "claimcheck.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=complaint):
        settings(tmp_path, {})
