"""What every form says of itself: from which version it is made, under which licence, and what it is not."""

from ..languages import Language
from ..policy import PolicyVersion
from ..release import LICENCE, NOTICE

__all__ = ["mark"]


def mark(policy: PolicyVersion, lang: Language) -> str:
    """
    Version, digest, licence and notice, on one line.

    >>> import ppun_bfc
    >>> mark(ppun_bfc.load("2020.10.1"), "en").partition(" sha256")[0]
    'ppun_bfc 2020.10.1'
    """
    return f"ppun_bfc {policy.version} {policy.digest}. {LICENCE}. {NOTICE.text(lang)}"
