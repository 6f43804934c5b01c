"""Tests of the comparison without any engine but Python's own FTS5: python3 -m unittest discover Benchmarks/Comparison"""

import contextlib
import io
import json
import sys
import tempfile
import unittest
import xml.dom.minidom
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent))
import importlib.machinery  # noqa: E402
import importlib.util  # noqa: E402

import edges  # noqa: E402
import growth  # noqa: E402
import measurement  # noqa: E402
import peers  # noqa: E402
import plot  # noqa: E402
import queries  # noqa: E402
import record  # noqa: E402

DOCUMENTS = [
    ("d1", "Corrigibility", "An agent that lets itself be corrected.", "2015-03-01"),
    ("d2", "Reward hacking", "The agent finds a reward that was never meant.", "2016-06-21"),
    ("d3", "Inner alignment", "A learned optimizer may pursue another reward.", "2019-06-05"),
]
QUERIES = [
    ("agent corrected", ["union"]), ("+agent +reward", ["intersection"]), ('"learned optimizer"', ["phrase"]),
    ("what may a learned optimizer pursue", ["natural"]), ("+agent -reward", ["negated"]),
]


def load_command():
    path = str(Path(__file__).resolve().parent / "compare")
    loader = importlib.machinery.SourceFileLoader("compare", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("compare", loader))
    loader.exec_module(module)
    return module


class Scratch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.corpus, self.queries = self.folder / "corpus.jsonl", self.folder / "queries.jsonl"
        self.corpus.write_text("".join(
            json.dumps({"id": name, "title": title, "text": text, "date": date}) + "\n"
            for name, title, text, date in DOCUMENTS))
        self.write_queries(self.queries, QUERIES)
        for patch in (mock.patch.object(record, "RECORDS", self.folder / "Records"),
                      contextlib.redirect_stderr(io.StringIO())):
            patch.__enter__()
            self.addCleanup(patch.__exit__, None, None, None)

    @staticmethod
    def write_queries(path, queries):
        path.write_text("".join(json.dumps({"query": text, "tags": tags}) + "\n" for text, tags in queries))


class QueryTests(unittest.TestCase):
    def kind(self, text):
        return queries.Query(text, []).kind

    def test_plain_forms_are_told_apart(self):
        self.assertEqual([self.kind(text) for text, _ in QUERIES], ["or", "and", "phrase", "or", None])
        self.assertEqual([self.kind(text) for text in ("", "+a b", '"a b" c')], [None, None, None])

    def test_words_are_lower_case(self):
        self.assertEqual(queries.Query("+Graph +Kneser", []).words, ["graph", "kneser"])

    def test_beginnings_and_misspelt_words_are_told_apart(self):
        self.assertEqual(queries.Query("Grav*", []).parts, {"kind": "prefix", "words": ["grav"], "edits": 0, "days": None})
        self.assertEqual(queries.Query("gravty~2", []).parts, {"kind": "fuzzy", "words": ["gravty"], "edits": 2, "days": None})
        self.assertEqual(queries.Query("+grav* date:2012..2019", []).kind, "and")  # not the form of one word alone

    def test_years_are_split_from_the_words(self):
        query = queries.Query("+graph +kneser date:2012..2019", [])
        self.assertEqual((query.kind, query.words, query.years), ("and", ["graph", "kneser"], (2012, 2019)))
        self.assertEqual(queries.Query("graph date:2019", []).days, (20190000, 20199999))
        self.assertEqual(queries.Query("graph update:2019", []).years, None)

    def test_dates_become_numbers_in_order(self):
        self.assertEqual([queries.day(date) for date in ("2019-04-30", "2019-04", "2019", 2019, "", None, "soon")],
                         [20190430, 20190400, 20190000, 20190000, 0, 0, 0])
        first, last = queries.Query("graph date:2019", []).days
        self.assertTrue(first <= queries.day("2019") and queries.day("2019-12-31") <= last < queries.day("2020"))


class StatisticsTests(unittest.TestCase):
    def test_percentiles_are_nearest_ranks(self):
        summary = measurement.summary(list(range(200, 0, -1)))
        self.assertEqual([summary[key] for key in ("p50_us", "p90_us", "p99_us", "max_us")], [100, 180, 198, 200])

    def test_overlap_is_the_share_of_the_longer_list(self):
        self.assertEqual(measurement.overlap(["a", "b"], ["b", "c"]), 0.5)
        self.assertEqual(measurement.overlap(["a"], ["a", "b"]), 0.5)
        self.assertEqual(measurement.overlap([], []), 1)


    def test_spread_is_what_the_largest_exceeds_the_smallest_by(self):
        self.assertAlmostEqual(measurement.spread([2.0, 3.0, 2.5]), 0.5)
        self.assertIsNone(measurement.spread([2.0]))

    def test_of_two_answers_the_better_times_count(self):
        early, late = {"us": 3, "first_us": 9, "ids": ["a"]}, {"us": 4, "first_us": 8, "ids": ["a"]}
        self.assertEqual(measurement.best_of(late, early), {"us": 3, "first_us": 8, "ids": ["a"]})
        self.assertIsNone(measurement.best_of(None, early))


class EdgeTests(Scratch):
    def make(self, seed=1, count=3):
        return edges.make(self.corpus, self.queries, seed, count)

    def test_the_same_seed_makes_the_same_queries(self):
        self.assertEqual(self.make(), self.make())
        self.assertNotEqual(self.make(), self.make(seed=2))

    def test_each_plain_query_is_filtered_by_one_year_and_by_eight(self):
        made = {group: query for query, group in self.make()}
        one, eight = (queries.Query(made[f"intersection, {span}"], []) for span in ("one year", "eight years"))
        self.assertEqual((one.kind, one.words), ("and", ["agent", "reward"]))
        self.assertEqual([last - first + 1 for first, last in (one.years, eight.years)], [1, 8])
        self.assertIn(one.years[0], (2015, 2016, 2019))

    def test_beginnings_are_those_of_longer_words_in_titles(self):
        words = " ".join(title for _, title, _, _ in DOCUMENTS).lower().split()
        starts = {query.rstrip("*") for query, group in self.make() if group == "prefix, 5 letters"}
        self.assertTrue(starts)
        for start in starts:
            self.assertTrue(any(word.startswith(start) and len(word) > 5 for word in words))

    def test_misspelt_words_are_no_words_of_the_titles(self):
        made = [queries.Query(query, []) for query, group in self.make(count=20) if group == "fuzzy, 2 edits"]
        self.assertEqual(len(made), 20)
        titles = " ".join(title for _, title, _, _ in DOCUMENTS).lower().split()
        self.assertTrue(all(query.edits == 2 and query.words[0] not in titles for query in made))

    def test_without_dates_or_titles_there_is_still_the_empty_call(self):
        self.corpus.write_text('{"id":"d1","text":"An agent."}\n')
        self.assertEqual({group for _, group in self.make()}, {"no hit"})


class ComparisonTests(Scratch):
    def measure(self, files=(), limits=(10,), **options):
        result = measurement.Measurement(self.corpus, [self.queries, *files], 1, limits, **options)
        result.run([peers.FTS5(self.folder)], self.folder, rounds=2, repeat=1, builds=2)
        return result

    def test_fts5_answers_every_plain_query(self):
        result = self.measure()
        ids = [answer and answer["ids"] for answer in result.answers["fts5"]]
        self.assertEqual(set(ids[0]), {"d1", "d2"})
        self.assertEqual(ids[1:3], [["d2"], ["d3"]])
        self.assertEqual(ids[3][0], "d3")
        self.assertIsNone(ids[4])
        self.assertEqual(result.groups, ["union", "intersection", "phrase", "natural"])
        self.assertEqual(result.indexing["fts5"]["documents"], 3)

    def test_filters_and_beginnings_are_answered_and_a_misspelt_word_is_not(self):
        more = self.folder / "more.jsonl"
        self.write_queries(more, [
            ("agent reward date:2016", ["one"]), ("agent reward date:2016..2019", ["many"]), ("rew*", ["prefix"]),
            ("agemt~1", ["fuzzy"]), ("zzqzz", ["no hit"])])
        result = self.measure([more])
        answers = [answer and set(answer["ids"]) for answer in result.answers["fts5"][len(QUERIES):]]
        self.assertEqual(answers, [{"d2"}, {"d2", "d3"}, {"d2", "d3"}, None, set()])
        self.assertIsNone(result.latency("fts5", "fuzzy"))
        self.assertEqual([result.is_exact(group) for group in ("union", "one", "prefix", "fuzzy")], [True, True, False, False])

    def test_the_first_file_is_asked_for_each_number_of_hits(self):
        result = self.measure(limits=(10, 1))
        self.assertEqual(result.groups[4:], ["union, top 1", "intersection, top 1", "phrase, top 1", "natural, top 1"])
        self.assertEqual([len(result.answers["fts5"][place]["ids"]) for place in (0, len(QUERIES))], [2, 1])

    def test_first_times_and_rounds_are_kept(self):
        result = self.measure()
        self.assertEqual(result.latency("fts5", "union", "first_us")["queries"], 1)
        self.assertEqual(len(result.rounds["fts5"]["union"]), 2)
        self.assertEqual(len(result.indexing["fts5"]["rounds"]), 2)
        self.assertEqual(result.indexing["fts5"]["seconds"], min(result.indexing["fts5"]["rounds"]))

    def test_what_takes_too_long_is_asked_once(self):
        result = self.measure(limits=(10, 1), patience=0)
        self.assertEqual(len(result.rounds["fts5"]["union"]), 1)
        self.assertIsNone(result.latency("fts5", "union, top 1"))
        self.assertIsNone(result.spread("fts5", "union"))

    def test_a_record_is_written_in_three_forms(self):
        result = self.measure()
        facts = {**record.context(["--corpus", "/somewhere/corpus.jsonl"]), "load_after": 0.0}
        report = record.write(result, facts, "tiny", "fts5")
        self.assertIn("| SQLite FTS5 |", report.read_text())
        self.assertNotIn("/somewhere", report.read_text())
        figures = json.loads(report.with_suffix(".json").read_text())
        self.assertEqual(figures["latency"]["fts5"]["union"]["queries"], 1)
        self.assertEqual(figures["first_latency"]["fts5"]["union"]["queries"], 1)
        self.assertIsInstance(figures["spread"]["fts5"]["union"], float)
        for row in ("fts5,union,mean_us,", "fts5,union,first_mean_us,", "fts5,union,spread,"):
            self.assertIn(row, report.with_suffix(".csv").read_text())

    def test_the_table_names_the_fastest_peer_and_the_notes_those_that_ran(self):
        result = self.measure()
        answers = result.answers["fts5"]
        result.answers["postil"] = [answer and {**answer, "us": 4 * answer["us"]} for answer in answers]
        self.assertIn("4.00× SQLite FTS5", record.latency_table(result))
        self.assertEqual(list(record.losses(result, "us"))[0], "- union: SQLite FTS5 0.25×")
        self.assertEqual(record.losses_text(result, "first_us"), "In no class.")
        self.assertIn("FTS5 parses its query", record.notes(result))
        self.assertNotIn("Lucene may prune", record.notes(result))
        result.answers["lucene"] = [answer and {**answer, "passes": 7} for answer in answers]
        self.assertIn("7 to 7 passes", record.notes(result))

    def test_disagreement_is_reported(self):
        result = self.measure()
        result.answers["tantivy"] = [answer and {**answer, "ids": ["d9"]} for answer in result.answers["fts5"]]
        self.assertEqual(len(list(load_command().disagreements(result, "fts5", 0.6))), 4)
        result.answers["tantivy"] = result.answers["fts5"]
        self.assertEqual(list(load_command().disagreements(result, "fts5", 0.6)), [])

    def test_a_missing_peer_is_named_and_skipped(self):
        with mock.patch.object(peers.Tantivy, "can_import", return_value=False):
            options = load_command().parse(["--engines", "tantivy,fts5", "--cache", str(self.folder)])
            with contextlib.redirect_stderr(io.StringIO()) as log:
                engines = load_command().present_engines(options)
        self.assertEqual([engine.name for engine in engines], ["fts5"])
        self.assertIn("tantivy is not installed", log.getvalue())
        self.assertIn("pip install tantivy", log.getvalue())

    def test_a_line_of_lucene_is_chosen_by_the_newest_java(self):
        def package(version):
            with mock.patch.object(peers, "newest_java", return_value=(version, Path("/java"))):
                return peers.Lucene(self.folder).release()[0].package
        self.assertEqual([package(version) for version in (25, 21, 17, 11)],
                         ["pyserini==2.4.0", "pyserini==2.4.0", "pyserini==0.22.1", "pyserini==0.22.1"])
        with self.assertRaises(peers.Missing):
            package(0)

    def test_a_java_is_known_by_its_compiler_and_its_release(self):
        home = self.folder / "jdk"
        (home / "bin").mkdir(parents=True)
        (home / "release").write_text('IMPLEMENTOR="A"\nJAVA_VERSION="25.0.3"\n')
        self.assertEqual(peers.java_version(home), 0)
        (home / "bin" / "javac").touch(mode=0o755)
        self.assertEqual(peers.java_version(home), 25)
        with mock.patch.dict("os.environ", {"JAVA_HOME": str(home)}):
            self.assertGreaterEqual(peers.newest_java()[0], 25)

    def test_numbers_of_hits_are_above_zero(self):
        self.assertEqual(load_command().parse(["--limits", "10,1000"]).limits, [10, 1000])
        for limits in ("", "0", "10,", "-1", "ten"):
            with self.assertRaises(SystemExit):
                load_command().parse([f"--limits={limits}"])

    def test_a_failing_worker_is_reported(self):
        self.corpus.write_text("no JSON\n")
        self.assertIn("fts5", self.measure().failures)


class ContextTests(unittest.TestCase):
    def test_the_command_is_told_without_places(self):
        words = ["--cache", "/a/b", "--corpus", "/c/d.jsonl", "--postil=/e", "--rounds", "2", "--work", "../f",
                 "--commit", "1234567"]
        self.assertEqual(record.command_line(words), "Benchmarks/Comparison/compare --corpus d.jsonl --rounds 2")


    def test_a_processor_is_named_without_marks(self):
        self.assertEqual([record.plain_name(name) for name in ("Intel(R) Xeon(R) Processor", "AMD EPYC", "Apple M2",
                                                               "Intel(R) Core(TM) i7-8700 CPU @ 3.20GHz")],
                         ["Intel Xeon", "AMD EPYC", "Apple M2", "Intel Core i7-8700"])


class PlotTests(unittest.TestCase):
    def test_the_plot_is_well_formed(self):
        panel = plot.Panel("Size & time", "s", {"Postil": [(1000, 0.5), (10_000, 4)], "FTS5": [(1000, 1)]})
        drawing = plot.draw([panel, plot.Panel("empty", "s", {})], "documents")
        root = xml.dom.minidom.parseString(drawing).documentElement
        self.assertEqual(len(root.getElementsByTagName("circle")), 3)

    def test_series_are_grouped_by_engine(self):
        points = [["postil", 10, "seconds", 1.0], ["fts5", 10, "seconds", 2.0], ["postil", 10, "union", 3.0]]
        self.assertEqual(growth.series(points, "seconds"), {"Postil": [(10, 1.0)], "SQLite FTS5": [(10, 2.0)]})


if __name__ == "__main__":
    unittest.main()
