"""What a search finds."""
from __future__ import annotations

import html
import json
import sqlite3
from dataclasses import dataclass
from typing import Any, List, Optional, Tuple


@dataclass(frozen=True)
class Hit:
    """One document of a result list."""

    rank: int
    """1 for the best hit of the query, whatever the offset."""
    score: float
    """What it is worth; comparable within one result list only."""
    id: str
    """The id to cite it by."""
    title: str
    """Its title, or an empty string."""
    author: Optional[str]
    """Its authors as shown."""
    date: Optional[str]
    """Its date, ISO 8601, as precise as known."""
    url: Optional[str]
    """Where the original is."""
    snippet: Optional[str]
    """The passage that shows best why it was found."""
    highlights: Tuple[Tuple[int, int], ...]
    """The words of `snippet` that match, each as start and end of a slice of it."""
    rowid: int
    """Its row in the table `documents`."""

    def marked(self, before: str = "<b>", after: str = "</b>", *, escape: bool = False) -> str:
        """The snippet with something before and after each word that matches.

        Args:
            escape: Whether the text itself is made safe for HTML.
        """
        text = self.snippet or ""
        clean = html.escape if escape else str
        parts, place = [], 0
        for start, end in self.highlights:
            parts += [clean(text[place:start]), before, clean(text[start:end]), after]
            place = end
        return "".join(parts) + clean(text[place:])

    @classmethod
    def from_row(cls, row: Tuple[Any, ...]) -> Hit:
        """A hit of a row of `postil_search`: rank, score, id, title, author, date, url, snippet, highlights, rowid."""
        rank, score, name, title, author, date, url, snippet, highlights, rowid = row
        pairs = tuple((start, end) for start, end in json.loads(highlights or "[]"))
        return cls(rank, score, name, title, author, date, url, snippet, pairs, rowid)


_COLUMNS = "rank, score, id, title, author, date, url, snippet, highlights, rowid"


class Hits(List[Hit]):
    """A result list: a list of hits that a notebook shows as a table."""

    query: str = ""
    """The query that it answers."""

    @classmethod
    def _of(cls, connection: sqlite3.Connection, query: str, limit: int, offset: int, options: str) -> Hits:
        cursor = connection.cursor()
        # A row factory of the connection's is for its owner's queries.
        cursor.row_factory = None
        found = cursor.execute(f"SELECT {_COLUMNS} FROM postil_search(?, ?, ?, ?)", (query, limit, offset, options))
        hits = cls(Hit.from_row(row) for row in found)
        hits.query = query
        return hits

    def _repr_html_(self) -> str:
        rows = []
        for hit in self:
            title = html.escape(hit.title or hit.id)
            if hit.url and hit.url.startswith(("https:", "http:")):
                title = f'<a href="{html.escape(hit.url)}">{title}</a>'
            about = html.escape(" · ".join(part for part in (hit.author, hit.date) if part))
            rows.append(
                f"<tr><td>{hit.rank}</td><td>{hit.score:.2f}</td>"
                f'<td style="text-align:left">{title}<br><small>{about}</small><br>{hit.marked(escape=True)}</td></tr>')
        return f"<table><tbody>{''.join(rows)}</tbody></table>"
