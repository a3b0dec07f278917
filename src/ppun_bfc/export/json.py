"""JSON: a version as its canonical bytes, an answer as people's tools read it."""

import json

from ..languages import Language
from ..policy import PolicyVersion

__all__ = ["answer", "snapshot"]


def snapshot(policy: PolicyVersion, lang: Language) -> bytes:  # noqa: ARG001 - both are in it
    """The version; its SHA-256 is the digest."""
    return policy.to_json()


def answer(value: object, lang: Language) -> str:  # noqa: ARG001 - both are in it
    """A value that has the form of JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
