"""
For those who make the data: check a folder of YAML, publish it, verify it against the sources.

Nothing here is imported by `load`, and PyYAML is needed only here.
"""

from .inventory import Inventory, Item, inventory
from .publishing import Publication, draft, publish, validate
from .verification import Verification, verify

__all__ = [
    "Inventory",
    "Item",
    "Publication",
    "Verification",
    "draft",
    "inventory",
    "publish",
    "validate",
    "verify",
]
