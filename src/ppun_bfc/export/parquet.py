"""A folder of Parquet files, one a table: exact decimals, dates, and the version in the metadata."""

import io
from collections.abc import Mapping

from ..errors import need
from ..languages import Language
from ..policy import PolicyVersion
from ..release import LICENCE, NOTICE, PUBLISHER

__all__ = ["folder"]


def folder(policy: PolicyVersion, lang: Language = "fr") -> Mapping[str, bytes]:
    """
    The files by their names.

    Raises:
        MissingExtra: where `pyarrow` is not installed.

    """
    need("pyarrow", "the form parquet", "arrow")
    from pyarrow import parquet

    about = {
        "version": policy.version,
        "digest": policy.digest,
        "licence": LICENCE,
        "publisher": PUBLISHER,
        "notice": NOTICE.text(lang),
    }
    files: dict[str, bytes] = {}
    for name, table in policy.tables().items():
        made = io.BytesIO()
        told = table.to_arrow().replace_schema_metadata(about)
        parquet.write_table(told, made)  # pyright: ignore[reportUnknownMemberType]
        files[f"{name}.parquet"] = made.getvalue()
    return files
