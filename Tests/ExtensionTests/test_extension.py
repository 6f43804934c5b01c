"""The extension in programs that load it: Scripts/check-extension PROGRAM EXTENSION

Each test indexes a few texts with the program, loads the extension into a host and compares what SQL answers with what the
program does. Only Python's standard library is needed; hosts that are not installed are passed over, and named.
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.environ["POSTIL_PROGRAM"]
EXTENSION = os.environ["POSTIL_EXTENSION"]
SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "Samples" / "reviews"
COLUMNS = "rowid, rank, score, id, title, author, date, url, snippet, highlights"

try:
    import apsw
except ImportError:
    apsw = None
try:
    import datasette
except ImportError:
    datasette = None


def postil(*arguments, status=(0,)):
    """What the program prints."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode in status, done.stderr
    return done.stdout


def hits_of_program(index, query, *options):
    text = postil("search", "--index", index, "--format", "json", *options, "--", query, status=(0, 1))
    return [
        (hit["rank"], hit["score"], hit["id"], hit["title"], hit["author"], hit["date"], hit["url"],
         hit["snippet"] and hit["snippet"]["text"], hit["snippet"] and hit["snippet"]["highlights"])
        for hit in json.loads(text)["hits"]
    ]


def rows(connection, sql, *values):
    return connection.cursor().execute(sql, values).fetchall()


def hits(connection, query, *arguments):
    marks = ", ".join("?" for _ in (query, *arguments))
    found = rows(connection, f"SELECT {COLUMNS} FROM postil_search({marks})", query, *arguments)
    return [(*row[1:9], row[9] and json.loads(row[9])) for row in found]


def ids(connection, query, *arguments):
    return [hit[2] for hit in hits(connection, query, *arguments)]


class Texts(unittest.TestCase):
    """An index of a few texts of its own in a folder."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.index = str(self.folder / "postil.db")

    def write(self, texts, *options):
        """Indexes texts by their ids."""
        lines = [json.dumps({"id": name, "title": name, "text": text}) for name, text in texts.items()]
        (self.folder / "in.jsonl").write_text("\n".join(lines) + "\n")
        postil("index", "--index", self.index, *options, self.folder / "in.jsonl")

    def connect(self, path=None):
        connection = sqlite3.connect(path or self.index)
        self.addCleanup(connection.close)
        connection.enable_load_extension(True)
        connection.load_extension(EXTENSION)
        return connection


class SamplesTests(unittest.TestCase):
    """The sample reviews, which are indexed once."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.index = str(cls.folder / "postil.db")
        postil("index", "--index", cls.index, SAMPLES)

    def connect(self):
        connection = sqlite3.connect(self.index)
        self.addCleanup(connection.close)
        connection.enable_load_extension(True)
        connection.load_extension(EXTENSION)
        return connection

    def test_hits_are_those_of_the_program(self):
        connection = self.connect()
        for query in ["learned optimization", '"reward hacking" -robot date:2022..2024', "interpretab*", "decepton~",
                      "author:adenekan", "zxcvb", "eliciting latent knowledge diamond", "mesa-optimizer^2 OR proxy",
                      "tag:interpretability", "", "(((", "naïve 逆 🦊", "interpretablity", "rewardhacking-skalse"]:
            with self.subTest(query):
                self.assertEqual(hits(connection, query), hits_of_program(self.index, query))

    def test_pages_and_options_are_those_of_the_program(self):
        connection = self.connect()
        for arguments, options in [
            ((3,), ["--limit", "3"]),
            ((5, 7), ["--limit", "5", "--offset", "7"]),
            ((5, None, '{"match": "all"}'), ["--limit", "5", "--match", "all"]),
            ((None, None, '{"expand": "always", "stop_words": "keep"}'), ["--expand", "always", "--stop-words", "keep"]),
            ((None, None, '{"sort": "-date", "copies": "all"}'), ["--sort=-date", "--all"]),
            ((None, None, '{"since": "2023", "snippet_length": 50}'), ["--since", "2023", "--snippet-length", "50"]),
            ((1000,), ["--limit", "1000"]),
            (("5", 7.0), ["--limit", "5", "--offset", "7"]),
        ]:
            with self.subTest(arguments):
                self.assertEqual(
                    hits(connection, "reward model", *arguments), hits_of_program(self.index, "reward model", *options))

    def test_limit_below_zero_stands_for_all(self):
        connection = self.connect()
        self.assertEqual(hits(connection, "reward", -1), hits_of_program(self.index, "reward", "--limit", "1000"))

    def test_limit_of_the_statement_is_the_limit(self):
        connection = self.connect()
        every = ids(connection, "reward", -1)
        self.assertGreater(len(every), 30)
        select = "SELECT id FROM postil_search('reward')"
        for sql, expected in [
            (f"{select} LIMIT 25", every[:25]),
            (f"{select} LIMIT 20 OFFSET 5", every[5:25]),
            (f"{select} LIMIT -1", every),
            (f"{select} ORDER BY rank LIMIT 25", every[:25]),
            (f"{select} ORDER BY rank DESC LIMIT 3", every[:10][::-1][:3]),
            (f"{select} WHERE score < 0 LIMIT 25", []),
            ("SELECT id FROM postil_search('reward', 4) LIMIT 25", every[:4]),
            ("SELECT id FROM postil_search('reward', 4) LIMIT 25 OFFSET 1", every[1:4]),
            (select, every[:10]),
        ]:
            with self.subTest(sql):
                self.assertEqual([row[0] for row in rows(connection, sql)], expected)

    def test_rows_join_with_documents(self):
        connection = self.connect()
        found = rows(connection, """
            SELECT s.id, d.external_id, s.title = d.title FROM postil_search('reward hacking', 5) s
            JOIN documents d ON d.id = s.rowid ORDER BY s.rank""")
        self.assertEqual([(name, name, 1) for name in ids(connection, "reward hacking", 5)], found)

    def test_queries_come_from_a_table(self):
        connection = self.connect()
        found = rows(connection, """
            WITH topics(topic) AS (VALUES ('reward hacking'), ('mesa-optimizer'))
            SELECT topic, id FROM topics, postil_search(topic, 2) ORDER BY topic DESC, rank""")
        self.assertEqual(found, [(topic, name) for topic in ("reward hacking", "mesa-optimizer")
                                 for name in ids(connection, topic, 2)])

    def test_snippet_marks_the_words_that_match(self):
        connection = self.connect()
        hit = hits(connection, "reward hacking", 1)[0]
        row = rows(connection, "SELECT rowid FROM postil_search('reward hacking', 1)")[0][0]
        select = "SELECT postil_snippet('reward hacking', "
        self.assertEqual(rows(connection, f"{select} ?)", row), [(hit[7],)])
        self.assertEqual(rows(connection, f"{select} ?, 240)", hit[2]), [(hit[7],)])
        marked = list(hit[7])
        for start, end in reversed(hit[8]):
            marked[start:end] = ["<b>", *marked[start:end], "</b>"]
        self.assertEqual(rows(connection, f"{select} ?, 240, '<b>', '</b>')", row), [("".join(marked),)])
        self.assertEqual(rows(connection, f"{select} 999999), postil_snippet(NULL, 1)"), [(None, None)])

    def test_explanation_is_that_of_the_program(self):
        connection = self.connect()
        name = "rewardhacking-skalse"
        printed = json.loads(postil("explain", "--index", self.index, "--format", "json", name, "hacked", "proxy"))
        del printed["format_version"]
        text = rows(connection, "SELECT postil_explain('hacked proxy', ?)", name)[0][0]
        self.assertEqual(json.loads(text), printed)

    def test_version_is_that_of_the_program(self):
        self.assertEqual(rows(self.connect(), "SELECT postil_version()"), [(postil("--version").strip(),)])

    def test_match_and_counts_work(self):
        connection = self.connect()
        count = rows(connection, "SELECT count(*) FROM documents_fts")[0][0]
        self.assertEqual(rows(connection, "SELECT count(*) FROM documents"), [(count,)])
        found = rows(connection, "SELECT rowid FROM documents_fts WHERE documents_fts MATCH 'optimizers'")
        self.assertIn((rows(connection, "SELECT rowid FROM postil_search('optimizers', 1)")[0][0],), found)

    def test_what_cannot_be_asked_is_an_error_that_says_so(self):
        connection = self.connect()
        for sql, message in [
            ("SELECT * FROM postil_search", "it needs a query, as in"),
            ("SELECT * FROM postil_search('a', 'b')", "limit and offset are numbers"),
            ("SELECT * FROM postil_search('a', 5.5)", "limit and offset are numbers"),
            ("SELECT (SELECT id FROM postil_search(title)) FROM documents", "its table stands before its name"),
            ("SELECT * FROM postil_search('a', 1, 0, '{')", "no JSON object"),
            ("SELECT * FROM postil_search('a', 1, 0, '{\"mach\": 1}')", "no option “mach”"),
            ("SELECT * FROM postil_search('a', 1, 0, '{\"match\": \"some\"}')", "one of any, most, all"),
            ("SELECT * FROM postil_search('a', 1, 0, '{\"sort\": \"nothing\"}')", "nothing"),
            ("SELECT * FROM postil_search('a', 1, 0, '{\"schema\": \"other\"}')", "no database “other”"),
            ("SELECT postil_snippet('a', 1, 0)", "greater than 0"),
        ]:
            with self.subTest(sql):
                with self.assertRaisesRegex(sqlite3.Error, re.escape(message)):
                    rows(connection, sql)
        self.assertEqual(rows(connection, "SELECT * FROM postil_search(NULL)"), [])
        self.assertEqual(len(ids(connection, "reward")), 10)

    def test_connection_is_left_as_it_was(self):
        connection = self.connect()
        steps = []
        connection.set_progress_handler(lambda: steps.append(1), 1)
        connection.execute("PRAGMA busy_timeout = 1234")
        connection.execute("PRAGMA foreign_keys = 1")
        functions = rows(connection, "SELECT DISTINCT name FROM pragma_function_list ORDER BY 1")
        pragmas = ["busy_timeout", "foreign_keys", "query_only", "trusted_schema", "mmap_size"]
        before = [rows(connection, f"PRAGMA {name}") for name in pragmas]
        rows(connection, "SELECT * FROM postil_search('author:skalse since reward')")
        self.assertEqual([rows(connection, f"PRAGMA {name}") for name in pragmas], before)
        self.assertEqual(rows(connection, "SELECT DISTINCT name FROM pragma_function_list ORDER BY 1"), functions)
        self.assertFalse(connection.in_transaction)
        # A second connection finds nobody reading.
        with contextlib.closing(sqlite3.connect(self.index)) as other:
            self.assertEqual(other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0], 0)
        steps.clear()
        rows(connection, "SELECT * FROM postil_search('reward')")
        self.assertGreater(len(steps), 100)

    def test_cache_grows_where_nobody_has_set_it(self):
        for own in [None, -500, 100, -2001]:
            with self.subTest(own):
                connection = self.connect()
                if own is None:
                    self.assertEqual(rows(connection, "PRAGMA cache_size"), [(-2000,)])
                else:
                    connection.execute(f"PRAGMA cache_size = {own}")
                rows(connection, "SELECT * FROM postil_search('reward')")
                self.assertEqual(rows(connection, "PRAGMA cache_size"), [(own or -32768,)])
        # Also in the middle of a statement, whose pages stay as they are.
        connection = self.connect()
        found = rows(connection, "SELECT d.id, (SELECT count(*) FROM postil_search('reward')) FROM documents AS d ORDER BY 1")
        self.assertEqual([row[0] for row in found], [row[0] for row in rows(connection, "SELECT id FROM documents ORDER BY 1")])
        self.assertEqual({row[1] for row in found}, {10})

    def test_host_can_interrupt_a_search(self):
        connection = self.connect()
        connection.set_progress_handler(lambda: 1, 50)
        with self.assertRaisesRegex(sqlite3.OperationalError, "interrupted"):
            rows(connection, "SELECT * FROM postil_search('reward')")
        connection.set_progress_handler(None, 0)
        self.assertEqual(len(ids(connection, "reward")), 10)

    def test_search_within_a_search_is_an_error(self):
        connection = self.connect()
        connection.execute("CREATE TEMP VIEW sources AS SELECT id, 'x' AS path FROM postil_search('x')")
        with self.assertRaisesRegex(sqlite3.Error, "temporary view “sources”"):
            rows(connection, "SELECT * FROM postil_search('reward')")

    def test_functions_stand_in_views_of_a_schema_that_is_not_trusted(self):
        connection = self.connect()
        connection.execute("PRAGMA trusted_schema = 0")
        connection.execute("CREATE TEMP VIEW best AS SELECT id FROM postil_search('reward', 3)")
        self.assertEqual([row[0] for row in rows(connection, "SELECT * FROM best")], ids(connection, "reward", 3))

    @unittest.skipUnless(shutil.which("sqlite3"), "no sqlite3")
    def test_shell_answers_alike(self):
        done = subprocess.run(
            ["sqlite3", "-cmd", f".load {EXTENSION}", self.index,
             "SELECT id FROM postil_search('reward hacking', 5)"], capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout.split(), [hit[2] for hit in hits_of_program(self.index, "reward hacking")][:5])

    @unittest.skipUnless(apsw, "no apsw")
    def test_newer_sqlite_answers_alike_and_closes(self):
        connection = apsw.Connection(self.index)
        connection.enable_load_extension(True)
        with self.assertRaisesRegex(apsw.Error, "another SQLite of this process"):
            self.connect()
            connection.load_extension(EXTENSION)
        # Another SQLite takes another copy.
        copy = self.folder / "copy" / pathlib.Path(EXTENSION).name
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(EXTENSION, copy)
        connection.load_extension(str(copy))
        for query in ["reward hacking", "author:adenekan learned", "decepton~"]:
            self.assertEqual(hits(connection, query), hits_of_program(self.index, query))
        # sqlite3_close would find statements that are left; apsw raises what it says.
        connection.close(False)

    @unittest.skipUnless(datasette, "no Datasette")
    def test_datasette_answers_alike(self):
        script = """
import asyncio, sys
from datasette.app import Datasette
async def main():
    served = Datasette([sys.argv[1]], sqlite_extensions=[sys.argv[2]])
    await served.invoke_startup()
    sql = "select id from postil_search(:q)"
    answer = await served.client.get("/postil.json", params={"sql": sql, "q": "reward hacking", "_shape": "arrays"})
    print(" ".join(row[0] for row in answer.json()["rows"]))
    page = await served.client.get("/postil/documents?_search=optimizers")
    print(page.status_code, "mesa-optimizer" in page.text)
asyncio.run(main())
"""
        done = subprocess.run([sys.executable, "-c", script, self.index, EXTENSION], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        expected = " ".join(hit[2] for hit in hits_of_program(self.index, "reward hacking"))
        self.assertEqual(done.stdout.splitlines(), [expected, "200 True"])


class ChangesTests(Texts):
    """What a search finds when the index changes."""

    def test_commits_of_others_are_seen(self):
        self.write({"a": "an apple"})
        connection = self.connect()
        self.assertEqual(ids(connection, "apple"), ["a"])
        self.write({"a": "an apple", "b": "an apple and an apple"})
        self.assertEqual(sorted(ids(connection, "apple")), ["a", "b"])
        self.write({"b": "a pear"})
        self.assertEqual(ids(connection, "apple", None, None, '{"exact": true}'), [])
        postil("optimize", "--index", self.index)
        self.assertEqual(ids(connection, "pear"), ["b"])

    def test_a_transaction_keeps_its_snapshot(self):
        self.write({"a": "an apple"})
        connection = self.connect()
        connection.isolation_level = None
        connection.execute("BEGIN")
        self.assertEqual(ids(connection, "apple"), ["a"])
        self.write({"a": "an apple", "b": "another apple"})
        self.assertEqual(ids(connection, "apple"), ["a"])
        connection.execute("COMMIT")
        self.assertEqual(sorted(ids(connection, "apple")), ["a", "b"])

    def add(self, connection, name, text):
        connection.execute(
            "INSERT INTO documents(external_id, line, content_hash, title, body) VALUES (?, 1, 0, ?, ?)", (name, name, text))
        connection.execute(
            "INSERT INTO documents_fts(rowid, title, body) VALUES (last_insert_rowid(), ?, ?)", (name, text))

    def test_changes_of_its_own_are_seen_and_taken_back(self):
        self.write({"a": "an apple"})
        connection = self.connect()
        connection.isolation_level = None
        self.assertEqual(ids(connection, "apple"), ["a"])
        for name in ["b", "c"]:
            connection.execute("BEGIN")
            self.add(connection, name, "an apple by hand")
            self.assertEqual(sorted(ids(connection, "apple")), ["a", name])
            connection.execute("SAVEPOINT here")
            self.add(connection, "d", "one more apple")
            self.assertEqual(sorted(ids(connection, "apple")), ["a", name, "d"])
            connection.execute("ROLLBACK TO here")
            self.assertEqual(sorted(ids(connection, "apple")), ["a", name])
            connection.execute("ROLLBACK")
            self.assertEqual(ids(connection, "apple"), ["a"])
        connection.execute("BEGIN")
        self.add(connection, "e", "an apple for good")
        connection.execute("COMMIT")
        self.assertEqual(sorted(ids(connection, "apple")), ["a", "e"])

    def test_statements_that_write_can_select_from_it(self):
        self.write({"a": "an apple", "b": "apple pie"})
        connection = self.connect()
        connection.isolation_level = None
        expected = [(name,) for name in ids(connection, "apple")]
        connection.execute("CREATE TABLE found AS SELECT id FROM postil_search('apple')")
        self.assertEqual(rows(connection, "SELECT id FROM found"), expected)
        connection.execute("INSERT INTO found SELECT id FROM postil_search('apple')")
        self.assertEqual(rows(connection, "SELECT id FROM found"), expected * 2)
        connection.execute("DELETE FROM found WHERE id IN (SELECT id FROM postil_search('pie'))")
        self.assertEqual(rows(connection, "SELECT DISTINCT id FROM found"), [("a",)])
        connection.execute("CREATE TEMP TRIGGER t AFTER INSERT ON found BEGIN "
                           "UPDATE found SET id = (SELECT id FROM postil_search(new.id, 1)) WHERE rowid = new.rowid; END")
        connection.execute("INSERT INTO found VALUES ('pies')")
        self.assertEqual(rows(connection, "SELECT id FROM found WHERE rowid = last_insert_rowid()"), [("b",)])
        self.assertFalse(connection.in_transaction)

    def test_compressed_texts_are_read_also_when_built_anew(self):
        texts = {f"d{number}": f"apple number {number} " + "of the tree in the garden " * 20 for number in range(300)}
        self.write(texts, "--compression", "zstd")
        connection = self.connect()
        select = "SELECT body FROM documents WHERE external_id = 'd7'"
        self.assertIn("number 7 ", rows(connection, select)[0][0])
        self.assertEqual(hits(connection, "number 7"), hits_of_program(self.index, "number 7"))
        texts = {name: text.replace("garden", "forest") + " entirely other words" for name, text in texts.items()}
        self.write(texts, "--rebuild")
        connection = self.connect()
        self.assertIn("forest", rows(connection, select)[0][0])
        self.assertEqual(hits(connection, "number 7"), hits_of_program(self.index, "number 7"))

    def test_words_of_a_dictionary_are_those_of_the_program(self):
        self.write({"risk": "การประเมินความเสี่ยงของระบบ", "food": "ความอร่อยมากจริง", "khmer": "ការវាយតម្លៃហានិភ័យ"})
        connection = self.connect()
        for query in ("ประเมินความเสี่ยง", "หานิภัย", "ហានិភ័យ"):
            self.assertEqual(hits(connection, query), hits_of_program(self.index, query))

    def test_every_analyzer_is_answered(self):
        for number, analyzer in enumerate(["none", "german", "fts5:porter unicode61", "fts5:trigram"]):
            with self.subTest(analyzer):
                self.index = str(self.folder / f"{number}.db")
                self.write({"a": "the houses of parliament", "b": "a house"}, "--analyzer", analyzer)
                self.assertEqual(hits(self.connect(), "house"), hits_of_program(self.index, "house"))


class DatabasesTests(Texts):
    """Databases other than an index that is `main`."""

    def test_an_attached_index_is_searched(self):
        self.write({"a": "an apple", "b": "a pear"})
        connection = self.connect(":memory:")
        with self.assertRaisesRegex(sqlite3.Error, "no database of this connection is a Postil index"):
            ids(connection, "apple")
        connection.execute("ATTACH ? AS fruit", (self.index,))
        self.assertEqual(hits(connection, "apple"), hits_of_program(self.index, "apple"))
        self.assertEqual(ids(connection, "pear", None, None, '{"schema": "fruit"}'), ["b"])
        self.write({"a": "an apple", "c": "a pear"})
        self.assertEqual(ids(connection, "pear"), ["c"])
        connection.execute("DETACH fruit")

    def test_a_copy_in_memory_is_searched(self):
        self.write({"a": "an apple", "b": "a pear"})
        connection = self.connect(":memory:")
        with contextlib.closing(sqlite3.connect(self.index)) as file:
            file.backup(connection)
        self.assertEqual(ids(connection, "apple"), ["a"])
        self.write({"c": "an apple"})
        with contextlib.closing(sqlite3.connect(self.index)) as file:
            file.backup(connection)
        self.assertEqual(ids(connection, "apple"), ["c"])

    def test_an_index_that_cannot_change_is_searched(self):
        self.write({"a": "an apple"})
        connection = self.connect()
        connection.close()
        connection = sqlite3.connect(f"file:{self.index}?immutable=1", uri=True)
        self.addCleanup(connection.close)
        connection.enable_load_extension(True)
        connection.load_extension(EXTENSION)
        self.assertEqual(ids(connection, "apple"), ["a"])

    def test_a_file_of_another_program_is_none(self):
        connection = self.connect(str(self.folder / "other.db"))
        connection.execute("CREATE TABLE documents(id)")
        with self.assertRaisesRegex(sqlite3.Error, "no database of this connection is a Postil index"):
            ids(connection, "apple")

    def test_connections_are_opened_and_closed_by_the_hundred(self):
        self.write({"a": "an apple"})
        for number in range(200):
            connection = self.connect()
            if number % 2:
                self.assertEqual(ids(connection, "apple"), ["a"])
            connection.close()
        self.assertLess(len(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else 0, 100)


class FileTests(unittest.TestCase):
    """The file itself."""

    @unittest.skipUnless(shutil.which("readelf"), "no readelf")
    def test_there_is_no_sqlite_in_it(self):
        table = subprocess.run(["readelf", "--wide", "--dyn-syms", EXTENSION], capture_output=True, text=True).stdout
        symbols = {(fields[6] == "UND", fields[7].split("@")[0]) for fields in map(str.split, table.splitlines())
                   if len(fields) > 7 and fields[4] in ("GLOBAL", "WEAK", "UNIQUE")}
        self.assertEqual([name for undefined, name in symbols if not undefined], ["sqlite3_postil_init"])
        self.assertEqual([name for undefined, name in symbols if undefined and "sqlite" in name], [])
        needed = subprocess.run(["readelf", "--wide", "-d", EXTENSION], capture_output=True, text=True).stdout
        libraries = re.findall(r"NEEDED.*\[(.*)\]", needed)
        self.assertEqual([name for name in libraries if not re.match(r"(libc|libm|libgcc_s|ld-linux.*)\.so", name)], [])
        # What every SQLite has in it, and says in its errors.
        content = pathlib.Path(EXTENSION).read_bytes()
        for text in [b"CREATE TABLE sqlite_master(", b"sqlite_stat1", b"database disk image is malformed"]:
            self.assertNotIn(text, content)


if __name__ == "__main__":
    unittest.main()
