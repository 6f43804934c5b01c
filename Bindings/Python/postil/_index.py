"""An index that is open."""
from __future__ import annotations

import json
import os
import sqlite3
from types import TracebackType
from typing import Any, Dict, Literal, Optional, Type, Union

from ._connection import PathLike, connect
from ._errors import PostilError
from ._hits import Hits

Match = Literal["any", "most", "all"]
Expand = Literal["off", "auto", "always"]
StopWords = Literal["auto", "keep", "drop"]
Copies = Literal["collapsed", "all"]


def open(path: PathLike) -> Index:
    """Opens an index to search it.

    Raises:
        PostilError: There is no index at the path.
    """
    if not os.path.exists(path):
        raise PostilError(f"{os.fspath(path)}: no such index")
    connection = connect(path, check_same_thread=False)
    # As the program has it: pages are mapped and not copied, and 32 MB of others kept. A search takes a tenth less time.
    connection.execute("PRAGMA mmap_size = 2147418112")
    connection.execute("PRAGMA cache_size = -32768")
    return Index(connection, os.fspath(path))


class Index:
    """An index that is open. Serves one thread at a time; close it, or use it as a context manager.

    What others commit meanwhile is found by the next search.
    """

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.connection = connection
        """The connection, for SQL."""
        self.path = path
        """The file."""

    def search(
        self,
        query: str,
        limit: Optional[int] = 10,
        offset: int = 0,
        *,
        match: Match = "any",
        expand: Expand = "off",
        stop_words: StopWords = "auto",
        sort: str = "relevance",
        since: Optional[str] = None,
        snippet_length: int = 240,
        copies: Copies = "collapsed",
        exact: bool = False,
    ) -> Hits:
        """The best hits, best first: the same as `postil search` finds.

        Args:
            query: Words and operators: `+must -not "a phrase" beginning* spelt~ author:name date:2019..2021`. No text is an
                error.
            limit: How many hits; None for all.
            offset: How many of the best to pass over.
            match: How many of the words a document must have.
            expand: Whether words that the best documents have in common are searched, too.
            stop_words: What becomes of very common words.
            sort: `relevance`, `date`, `title`, `author`, or a name of your data; `-date` for the newest first.
            since: Only documents of this date or later, ISO 8601.
            snippet_length: The most characters of a passage; 0 for none.
            copies: Whether nearly the same texts are one hit.
            exact: Whether words that nothing has are searched as they are, and not the nearest ones.

        Raises:
            PostilError: The index cannot be read, or there is nothing of the name to sort by.
        """
        options: Dict[str, Any] = {
            "match": match, "expand": expand, "stop_words": stop_words, "sort": sort, "snippet_length": snippet_length,
            "copies": copies, "exact": exact,
        }
        if since is not None:
            options["since"] = since
        try:
            return Hits._of(self.connection, query, -1 if limit is None else limit, offset, json.dumps(options))
        except sqlite3.Error as error:
            raise PostilError(str(error)) from error

    def snippet(
        self, query: str, document: Union[int, str], length: int = 240, before: str = "", after: str = ""
    ) -> Optional[str]:
        """The best passage of a document for a query, with marks around what matches; None where there is no such document.

        Args:
            document: Its id, or its row.
        """
        text: Optional[str] = self._value("postil_snippet(?, ?, ?, ?, ?)", query, document, length, before, after)
        return text

    def explain(self, query: str, document: Union[int, str]) -> Optional[Dict[str, Any]]:
        """How a document's score for a query comes about; None where there is no such document, or nothing to search for.

        Args:
            document: Its id, or its row.
        """
        text = self._value("postil_explain(?, ?)", query, document)
        if text is None:
            return None
        explanation: Dict[str, Any] = json.loads(text)["explanation"]
        return explanation

    def _value(self, expression: str, *arguments: Any) -> Any:
        cursor = self.connection.cursor()
        cursor.row_factory = None
        try:
            return cursor.execute(f"SELECT {expression}", arguments).fetchone()[0]
        except sqlite3.Error as error:
            raise PostilError(str(error)) from error

    def close(self) -> None:
        """Closes the connection."""
        self.connection.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"postil.open({self.path!r})"
