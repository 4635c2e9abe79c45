"""What an index was made from and by: it is used only where both are the same again.

Names are read by the program, its lexicon and the packages that read languages. Another state of any of them may read
another thing, and so may other settings; the file then has to be made anew.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any

import partnermatch
from partnermatch.settings import Settings

PACKAGES = ("numpy", "pypinyin", "rapidfuzz", "sudachidict-core", "sudachipy", "unidecode")
"""Packages whose versions may change what is read of a name."""
_GROUPS = ("text", "weights", "links")
"""Settings that reading depends on; the others decide what becomes of it."""


def describe_origin(settings: Settings, sha256: str) -> dict[str, Any]:
    """What an index is made by, here and now, and from.

    Args:
        settings: of the run.
        sha256: of the dump, or of the cells of a table.
    """
    return {**_describe_program(), "settings": hash_settings(settings), "sha256": sha256}


def find_difference(found: dict[str, Any], wanted: dict[str, Any]) -> str:
    """What two origins differ in, in words; empty if in nothing."""
    said = {
        "partnermatch": "another version of partnermatch",
        "program": "another state of the program",
        "lexicon": "another lexicon",
        "packages": "other versions of the packages that read names",
        "settings": "other settings",
        "sha256": "another registry",
    }
    return next((words for key, words in said.items() if found.get(key) != wanted[key]), "")


def hash_settings(settings: Settings) -> str:
    """Twelve hexadecimal digits that change when a setting does that reading depends on."""
    groups = {name: group for name, group in asdict(settings).items() if name in _GROUPS}
    return hashlib.sha256(json.dumps(groups, sort_keys=True).encode()).hexdigest()[:12]


@cache
def _describe_program() -> dict[str, Any]:
    root = resources.files("partnermatch")
    return {
        "partnermatch": partnermatch.__version__,
        "program": _hash_files(root, ".py"),
        "lexicon": _hash_files(root.joinpath("lexicon", "data"), ".tsv"),
        "packages": {name: metadata.version(name) for name in PACKAGES},
    }


def _hash_files(folder: Traversable, suffix: str) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for way, file in sorted(_list_files(folder, "")):
        if way.endswith(suffix):
            content = file.read_bytes()
            digest.update(f"{way} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def _list_files(folder: Traversable, way: str) -> list[tuple[str, Traversable]]:
    found = []
    for item in folder.iterdir():
        name = f"{way}/{item.name}"
        found += _list_files(item, name) if item.is_dir() else [(name, item)]
    return found
