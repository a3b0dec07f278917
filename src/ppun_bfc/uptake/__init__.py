"""
What is done under the policy: from items tagged with ids to an answer, at any size.

`fold` makes sets of tags where the items are; `uptake` and `crossed` count them, exactly.
"""

from .answer import Followed, Line, Rule, Sort, Unknown, Uptake
from .comparison import Crossed, CrossedCell, Shift, ShiftLine
from .count import crossed, shift, uptake
from .files import read_files
from .fold import fold
from .sets import TagSet, merged, split_tags
from .subventions import Subventions, subventions

__all__ = [
    "Crossed",
    "CrossedCell",
    "Followed",
    "Line",
    "Rule",
    "Shift",
    "ShiftLine",
    "Sort",
    "Subventions",
    "TagSet",
    "Unknown",
    "Uptake",
    "crossed",
    "fold",
    "merged",
    "read_files",
    "shift",
    "split_tags",
    "subventions",
    "uptake",
]
