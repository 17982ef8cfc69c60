"""Imports run one way: a room imports from lower floors only."""

import ast
from pathlib import Path

import claimcheck

PACKAGE = Path(claimcheck.__file__).parent
FLOORS = {
    "terms": 0,
    "errors": 0,
    "config": 1,
    "extras": 1,
    "phrases": 0,
    "records": 1,
    "articles": 2,
    "rules": 2,
    "evidence": 2,
    "corpus": 2,
    "classifier": 2,
    "verdict": 3,
    "pipeline": 4,
    "report": 4,
    "store": 2,
    "audit": 5,
    "bulk": 5,
    "review": 5,
    "web": 6,
    "cli": 7,
}
OWNERS = {
    "spacy": "pipeline",
    "sklearn": "classifier",
    "click": "cli",
    "sqlalchemy": "store",
    "scrapy": "audit",
    "datatrove": "bulk",
    "fastapi": "web",
}


def imports(path):
    """Names of all modules a file imports, with whether the import stands at the top level."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, id(node) in top
        elif isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, id(node) in top


def room(path):
    name = path.relative_to(PACKAGE).parts[0]
    return name.removesuffix(".py")


def test_every_arrow_points_down():
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        here = room(path)
        for module, _ in imports(path):
            parts = module.split(".")
            if here in FLOORS and parts[0] == "claimcheck" and len(parts) > 1:
                there = parts[1]
                typing_only = (here, there) == ("classifier", "pipeline")  # Bag, under TYPE_CHECKING
                if there != here and FLOORS[there] >= FLOORS[here] and not typing_only:
                    wrong.append(f"{path.relative_to(PACKAGE)} imports {module}")
    assert wrong == []


def test_each_library_has_one_room():
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        for module, at_top in imports(path):
            owner = OWNERS.get(module.split(".")[0])
            if owner and at_top and room(path) != owner:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {module}")
    assert wrong == []


def test_the_public_door_is_complete_and_sorted():
    assert list(claimcheck.__all__) == sorted(claimcheck.__all__)
    assert all(hasattr(claimcheck, name) for name in claimcheck.__all__)
