"""partnermatch: which names mean the same institution, across Japanese and English, with canonical IDs that last.

    import partnermatch as pm
    pm.compare("東京大学医学部", "Univ. of Tokyo")
    pm.dedupe(table, name="partner", country="country")

Importing the package does no work: every name below is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partnermatch.comparison import Comparison
    from partnermatch.errors import PartnermatchError
    from partnermatch.evaluation import Evaluation, evaluate
    from partnermatch.extraction.mention import Mention
    from partnermatch.linking import link
    from partnermatch.pipeline import compare, dedupe, extract, resolve
    from partnermatch.registry import Registry
    from partnermatch.settings import Settings
    from partnermatch.store import Store

__version__ = "0.1.0"
__all__ = [
    "Comparison",
    "Evaluation",
    "Mention",
    "PartnermatchError",
    "Registry",
    "Settings",
    "Store",
    "compare",
    "dedupe",
    "evaluate",
    "extract",
    "link",
    "resolve",
]

_HOMES = {
    "Comparison": "comparison",
    "Evaluation": "evaluation",
    "Mention": "extraction.mention",
    "PartnermatchError": "errors",
    "Registry": "registry",
    "Settings": "settings",
    "Store": "store",
    "compare": "pipeline",
    "dedupe": "pipeline",
    "evaluate": "evaluation",
    "extract": "pipeline",
    "link": "linking",
    "resolve": "pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'partnermatch' has no attribute {name!r}")
    return getattr(import_module(f"partnermatch.{_HOMES[name]}"), name)
