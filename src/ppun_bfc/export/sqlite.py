"""
A version as a SQLite file: every table, views that join what people ask for, full-text search.

SQLite keeps fifteen digits of a number. It opens in `sqlite3`, DuckDB and datasette.
"""

import sqlite3
from contextlib import closing

from ..languages import Language
from ..policy import PolicyVersion
from . import sql

__all__ = ["VIEWS", "database"]

#: The views, each by its name.
VIEWS = {
    "action_with_theme": """
        SELECT a.id, a.label_fr AS action, t.theme, h.label_fr AS theme_label,
          t.priority, p.label_fr AS priority_label
        FROM action a JOIN tree t ON t.id = a.id
        LEFT JOIN theme h ON h.id = t.theme LEFT JOIN priority p ON p.id = t.priority
        WHERE a.status = 'active' ORDER BY a.position""",
    "matrix_priority_scheme": """
        SELECT p.id AS priority, p.label_fr AS priority_label, s.id AS scheme,
          coalesce(s.acronym, s.label_fr) AS scheme_label, m.strength, m.modality
        FROM priority p CROSS JOIN scheme s
        LEFT JOIN meets m ON m."row" = p.id AND m."column" = s.id
        WHERE p.status = 'active' AND s.status = 'active' ORDER BY p.position, s.position""",
    "link_with_labels": """
        SELECT l.*, s.label_fr AS source_label, r.label_fr AS relation_label,
          t.label_fr AS target_label
        FROM link l JOIN entity s ON s.id = l.source JOIN relation r ON r.name = l.relation
        JOIN entity t ON t.id = l.target ORDER BY l.position""",
    "disputed": """
        SELECT d.id, e.label_fr AS label, d.discrepancy, x.label_fr AS about, d.weight
        FROM dispute d JOIN entity e ON e.id = d.id JOIN entity x ON x.id = d.discrepancy
        ORDER BY e.position""",
}
_SEARCH = """
CREATE VIRTUAL TABLE search USING fts5(
  id UNINDEXED, label_fr, label_en, acronym, summary_fr, summary_en,
  tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO search SELECT id, label_fr, label_en, acronym, summary_fr, summary_en FROM entity
WHERE status = 'active' ORDER BY position;
"""


def database(policy: PolicyVersion, lang: Language = "fr") -> bytes:  # noqa: ARG001 - both are in it
    """The bytes of the file."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            "\n".join(["BEGIN;", *sql.statements(policy, prefix=""), _SEARCH, "COMMIT;"])
        )
        for name, query in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {query}")
        connection.commit()
        return connection.serialize()
