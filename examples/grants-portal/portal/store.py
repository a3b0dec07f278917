"""Projects in SQLite. What they serve is an id of the policy, never a label."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from ppun_bfc import PolicyVersion, migrate
from ppun_bfc.migration import Move

SCHEMA = """
CREATE TABLE IF NOT EXISTS project (
    number INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    priority TEXT NOT NULL DEFAULT 'priority:inclusion-citoyenne',
    scheme TEXT
);
"""
COLUMNS = ("priority", "scheme")


@dataclass(frozen=True)
class Project:
    """A project as it is kept."""

    number: int
    title: str
    priority: str
    scheme: str | None


class Store:
    """The projects of one database file."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, check_same_thread=False)
        self._base.executescript(SCHEMA)

    def add(self, title: str, priority: str, scheme: str | None) -> Project:
        """Keep a new project."""
        with self._base:
            row = self._base.execute(
                "INSERT INTO project (title, priority, scheme) VALUES (?, ?, ?) RETURNING *",
                (title, priority, scheme),
            ).fetchone()
        return Project(*row)

    def all(self) -> list[Project]:
        """Every project, oldest first."""
        return [Project(*row) for row in self._base.execute("SELECT * FROM project ORDER BY 1")]

    def move(self, to: PolicyVersion) -> list[Move]:
        """
        Follow the ids to another version in one transaction.

        What a program may follow is rewritten; what a person must decide comes back, and then
        nothing is written.
        """
        used = {value for p in self.all() for value in (p.priority, p.scheme) if value}
        moves = migrate(sorted(used), to)
        undecided = [move for move in moves if move.to is None]
        if not undecided:
            with self._base:
                for move in moves:
                    for column in COLUMNS:
                        self._base.execute(
                            f"UPDATE project SET {column} = ? WHERE {column} = ?",
                            (move.to, move.id),
                        )
        return undecided

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()
