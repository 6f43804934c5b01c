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

import growth  # noqa: E402
import measurement  # noqa: E402
import peers  # noqa: E402
import plot  # noqa: E402
import queries  # noqa: E402
import record  # noqa: E402

DOCUMENTS = [
    ("d1", "Corrigibility", "An agent that lets itself be corrected."),
    ("d2", "Reward hacking", "The agent finds a reward that was never meant."),
    ("d3", "Inner alignment", "A learned optimizer may pursue another reward."),
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
            json.dumps({"id": name, "title": title, "text": text}) + "\n" for name, title, text in DOCUMENTS))
        self.queries.write_text("".join(json.dumps({"query": text, "tags": tags}) + "\n" for text, tags in QUERIES))
        for patch in (mock.patch.object(record, "RECORDS", self.folder / "Records"),
                      contextlib.redirect_stderr(io.StringIO())):
            patch.__enter__()
            self.addCleanup(patch.__exit__, None, None, None)


class QueryTests(unittest.TestCase):
    def kind(self, text):
        return queries.Query(text, []).kind

    def test_plain_forms_are_told_apart(self):
        self.assertEqual([self.kind(text) for text, _ in QUERIES], ["or", "and", "phrase", "or", None])
        self.assertEqual([self.kind(text) for text in ("", "+a b", '"a b" c')], [None, None, None])

    def test_words_are_lower_case(self):
        self.assertEqual(queries.Query("+Graph +Kneser", []).words, ["graph", "kneser"])


class StatisticsTests(unittest.TestCase):
    def test_percentiles_are_nearest_ranks(self):
        summary = measurement.summary(list(range(200, 0, -1)))
        self.assertEqual([summary[key] for key in ("p50_us", "p90_us", "p99_us", "max_us")], [100, 180, 198, 200])

    def test_overlap_is_the_share_of_the_longer_list(self):
        self.assertEqual(measurement.overlap(["a", "b"], ["b", "c"]), 0.5)
        self.assertEqual(measurement.overlap(["a"], ["a", "b"]), 0.5)
        self.assertEqual(measurement.overlap([], []), 1)


class ComparisonTests(Scratch):
    def measure(self):
        result = measurement.Measurement(self.corpus, self.queries, 1, 10)
        result.run([peers.FTS5(self.folder)], self.folder, rounds=2, repeat=1)
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

    def test_a_record_is_written_in_three_forms(self):
        result = self.measure()
        facts = {**record.context(["--corpus", "/somewhere/corpus.jsonl"]), "load_after": 0.0}
        report = record.write(result, facts, "tiny", "fts5")
        self.assertIn("| SQLite FTS5 |", report.read_text())
        self.assertNotIn("/somewhere", report.read_text())
        figures = json.loads(report.with_suffix(".json").read_text())
        self.assertEqual(figures["latency"]["fts5"]["union"]["queries"], 1)
        self.assertIn("fts5,union,mean_us,", report.with_suffix(".csv").read_text())

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

    def test_a_failing_worker_is_reported(self):
        self.corpus.write_text("no JSON\n")
        self.assertIn("fts5", self.measure().failures)


class ContextTests(unittest.TestCase):
    def test_the_command_is_told_without_places(self):
        words = ["--cache", "/a/b", "--corpus", "/c/d.jsonl", "--postil=/e", "--rounds", "2", "--work", "../f"]
        self.assertEqual(record.command_line(words), "Benchmarks/Comparison/compare --corpus d.jsonl --rounds 2")


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
