"""The package on the sample reviews."""
import dataclasses
import json
import pathlib
import sqlite3
import subprocess
import threading

import pytest

import postil

SAMPLES = pathlib.Path(__file__).resolve().parents[3] / "Samples" / "reviews"


@pytest.fixture(scope="session")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("index") / "postil.db"
    report = postil.index([SAMPLES], into=path)
    assert (report.added, report.documents, report.skipped) == (264, 264, ())
    return path


@pytest.fixture
def reviews(path):
    with postil.open(path) as index:
        yield index


def test_hits_are_those_of_the_program(path, reviews):
    for query in ["reward hacking", '"inner alignment" -deceptive', "decepton~", "nothing of the kind xyzzy"]:
        command = [postil.program_path(), "search", "--index", path, "--format", "json", "--limit", "20", "--", query]
        printed = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)["hits"]
        found = reviews.search(query, limit=20)
        assert [(hit.rank, hit.score, hit.id, hit.title, hit.author, hit.date, hit.url, hit.snippet) for hit in found] == [
            (*(hit[name] for name in ("rank", "score", "id", "title", "author", "date", "url")), hit["snippet"]["text"])
            for hit in printed]
        assert [[list(pair) for pair in hit.highlights] for hit in found] == [
            hit["snippet"]["highlights"] for hit in printed]


def test_limit_offset_and_all(reviews):
    every = reviews.search("reward", limit=None)
    assert len(every) > 30
    assert reviews.search("reward") == every[:10]
    assert reviews.search("reward", 5, 7) == every[7:12]


def test_options_reach_the_search(reviews):
    dates = [hit.date for hit in reviews.search("reward", sort="-date", since="2023")]
    assert dates == sorted(dates, reverse=True) and min(dates) >= "2023"
    assert len(reviews.search("reward zebra", limit=None, match="all", exact=True)) == 0
    assert reviews.search("reward", snippet_length=0)[0].snippet is None
    with pytest.raises(postil.PostilError, match="match"):
        reviews.search("reward", match="some")


def test_highlights_are_slices_of_the_snippet(reviews):
    hit = reviews.search("reward hacking", limit=1)[0]
    assert hit.highlights
    assert all("reward" in hit.snippet[a:b].lower() or "hack" in hit.snippet[a:b].lower() for a, b in hit.highlights)
    assert hit.marked("", "") == hit.snippet
    assert hit.marked("[", "]").count("[") == len(hit.highlights)
    odd = dataclasses.replace(hit, snippet="a<b & c", highlights=((0, 3),))
    assert odd.marked(escape=True) == "<b>a&lt;b</b> &amp; c"


def test_snippet_and_explanation_of_a_document(reviews):
    hit = reviews.search("proxy", limit=1)[0]
    assert reviews.snippet("proxy", hit.id) == reviews.snippet("proxy", hit.rowid) == hit.snippet
    assert reviews.snippet("proxy", hit.id, 240, "<b>", "</b>") == hit.marked()
    explanation = reviews.explain("proxy", hit.id)
    assert explanation["score"] == pytest.approx(hit.score)
    assert sum(part["contribution"] for part in explanation["parts"]) == pytest.approx(hit.score)
    assert reviews.explain("proxy", "no such document") is None


def test_a_notebook_shows_a_table(reviews):
    shown = reviews.search("reward hacking", limit=2)._repr_html_()
    assert shown.count("<tr>") == 2 and "<b>" in shown and "<a href=\"https://" in shown


def test_pandas_takes_the_hits(reviews):
    pandas = pytest.importorskip("pandas")
    hits = reviews.search("reward hacking", limit=3)
    frame = pandas.DataFrame(hits)
    assert list(frame["id"]) == [hit.id for hit in hits]
    assert list(frame.columns)[:3] == ["rank", "score", "id"]


def test_a_connection_is_an_ordinary_one(path):
    with postil.connect(path, read_only=True) as connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute("SELECT title, score FROM postil_search('proxy', 1)").fetchone()
        assert row["score"] > 0
        assert connection.execute("SELECT count(*) FROM documents_fts WHERE documents_fts MATCH 'proxies'").fetchone()[0] > 5
        with pytest.raises(sqlite3.OperationalError):
            connection.execute("DELETE FROM documents")
        index = postil.Index(connection, str(path))
        assert index.search("proxy", 1)[0].title == row["title"]
    connection.close()


def test_connections_of_several_threads(path):
    found = []

    def search():
        with postil.open(path) as index:
            found.append([hit.id for hit in index.search("learned optimization")])

    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and all(ids == found[0] for ids in found)


def test_what_is_skipped_is_reported(tmp_path):
    (tmp_path / "in.jsonl").write_text('{"id": "a", "text": "apple"}\n{"id": \n')
    report = postil.index(tmp_path / "in.jsonl", into=tmp_path / "postil.db")
    assert report.added == 1 and report.skipped[0]["line"] == 2
    assert postil.index(into=tmp_path / "postil.db").unchanged == 1


def test_errors_say_what_is_wrong(tmp_path):
    with pytest.raises(postil.PostilError, match="no such index"):
        postil.open(tmp_path / "none.db")
    with pytest.raises(postil.PostilError):
        postil.index(tmp_path / "none", into=tmp_path / "postil.db")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t(a)")
    with postil.open(tmp_path / "other.db") as other, pytest.raises(postil.PostilError, match="no database"):
        other.search("a")


def test_connections_of_others_are_left_alone(path):
    postil.connect(path).close()
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        sqlite3.connect(path).execute("SELECT * FROM postil_search('a')")
