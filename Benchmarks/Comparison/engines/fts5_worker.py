"""SQLite FTS5 with the porter unicode61 tokenizer: apsw's SQLite where it is installed, else Python's own."""

import os

import worker

try:
    import apsw

    def connect(path):
        return apsw.Connection(path)
except ImportError:
    import sqlite3

    def connect(path):
        return sqlite3.connect(path, isolation_level=None)


def index(corpus, folder, threads):
    documents, size = worker.read_documents(corpus)
    rows = [(number, document.text) for number, document in enumerate(documents, 1)]
    dated = [(number, document.text, document.day) for number, document in enumerate(documents, 1)]
    clock = worker.IndexClock()
    database = connect(os.path.join(folder, "index.db")).cursor()
    for statement in (
            "PRAGMA journal_mode = wal", "PRAGMA synchronous = normal", "PRAGMA cache_size = -200000",
            "CREATE TABLE names (id INTEGER PRIMARY KEY, name)",
            "CREATE TABLE documents (id INTEGER PRIMARY KEY, text, day INTEGER)",
            "CREATE VIRTUAL TABLE entries USING fts5"
            "(text, content = documents, content_rowid = id, tokenize = 'porter unicode61')",
            "BEGIN"):
        database.execute(statement)
    database.executemany("INSERT INTO documents VALUES (?, ?, ?)", dated)
    database.executemany("INSERT INTO entries (rowid, text) VALUES (?, ?)", rows)
    database.execute("COMMIT")
    clock.commit()
    database.execute("INSERT INTO entries (entries) VALUES ('optimize')")
    database.execute("PRAGMA wal_checkpoint(truncate)")
    clock.merge()
    version = database.execute("SELECT sqlite_version()").fetchall()[0][0]
    clock.report("FTS5 " + version, folder, documents, size, 1)
    database.executemany("INSERT INTO names VALUES (?, ?)", enumerate((document.name for document in documents), 1))


def query(folder, queries, limit, repeat, variant):
    connection = connect(os.path.join(folder, "index.db"))
    database = connection.cursor()
    database.execute("PRAGMA cache_size = -2000000")
    database.execute("PRAGMA mmap_size = 8000000000")
    glue = {"or": " OR ", "and": " AND "}

    plain = "SELECT rowid FROM entries WHERE entries MATCH ? ORDER BY rank LIMIT ?"
    filtered = ("SELECT entries.rowid FROM entries JOIN documents ON documents.id = entries.rowid "
                "WHERE entries MATCH ? AND day BETWEEN ? AND ? ORDER BY rank LIMIT ?")

    def match(query):
        if query.kind == "phrase":
            return '"%s"' % " ".join(query.words)
        if query.kind == "prefix":
            return '"%s" *' % query.words[0]
        return glue[query.kind].join('"%s"' % word for word in query.words)

    def prepare(query):
        if query.kind in (None, "fuzzy"):
            return None
        if query.days:
            return filtered, (match(query), *query.days, limit)
        return plain, (match(query), limit)

    def search(prepared):
        return database.execute(*prepared).fetchall()

    def fetch_ids(rows):
        return [database.execute("SELECT name FROM names WHERE id = ?", row).fetchall()[0][0] for row in rows]

    worker.measure([prepare(query) for query in queries], search, fetch_ids, repeat)


worker.run(index, query)
