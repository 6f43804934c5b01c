"""Ranked full-text search over one SQLite file.

    >>> import postil
    >>> postil.index(["reviews/"], into="postil.db").added
    264
    >>> with postil.open("postil.db") as reviews:
    ...     [hit.title for hit in reviews.search("reward hacking", limit=2)]

An index is an SQLite database. `connect` gives an ordinary `sqlite3.Connection` to one, on which Postil's SQL functions are
known; `open` wraps one.
"""
from ._connection import connect, load, register
from ._errors import PostilError
from ._hits import Hit, Hits
from ._index import Index, open
from ._indexing import IndexingReport, index
from ._native import extension_path, program_path

__version__ = "0.1.0"

__all__ = [
    "Hit", "Hits", "Index", "IndexingReport", "PostilError", "connect", "extension_path", "index", "load", "open",
    "program_path", "register",
]
