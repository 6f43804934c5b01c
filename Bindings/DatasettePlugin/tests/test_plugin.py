"""The plugin in Datasette, on the sample reviews."""
import asyncio
import pathlib
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request

import postil
import pytest
from datasette.app import Datasette

SAMPLES = pathlib.Path(__file__).resolve().parents[3] / "Samples" / "reviews"


@pytest.fixture(scope="session")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("index") / "postil.db"
    postil.index([SAMPLES], into=path)
    return str(path)


@pytest.fixture(scope="session")
def other(tmp_path_factory):
    path = tmp_path_factory.mktemp("other") / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t(a)")
    connection.close()
    return str(path)


def get(files, *addresses, **settings):
    """The responses of a Datasette that serves the files."""
    async def ask():
        served = Datasette(files, **settings)
        await served.invoke_startup()
        return [await served.client.get(address, follow_redirects=True) for address in addresses]

    return asyncio.run(ask())


def test_hits_are_those_of_the_library(path):
    with postil.open(path) as reviews:
        expected = reviews.search("reward hacking", 40)
    first, second = get(
        [path], "/postil/-/search.json?q=reward+hacking", "/postil/-/search.json?q=reward+hacking&offset=20&limit=20")
    assert [hit["id"] for hit in first.json()["hits"] + second.json()["hits"]] == [hit.id for hit in expected]
    assert first.json()["more"] and first.json()["hits"][0]["snippet"] == expected[0].snippet


def test_the_page_shows_hits_with_passages_and_rows(path):
    page, nothing, empty = get(
        [path], "/postil/-/search?q=reward+hacking", "/postil/-/search?q=%2Bxyzzy+%2Bplugh", "/postil/-/search")
    assert page.status_code == 200
    assert page.text.count("<li>") >= 20 and "<mark>" in page.text
    row = re.search(r'href="(/postil/documents/\d+)"', page.text).group(1)
    assert get([path], row)[0].status_code == 200
    assert "Nothing found" in nothing.text and "Nothing found" not in empty.text


def test_text_of_documents_is_no_markup(tmp_path):
    (tmp_path / "in.jsonl").write_text(
        '{"id": "a", "title": "<script>alert(1)</script>", "text": "apple <img src=x onerror=alert(2)>", '
        '"url": "javascript:alert(3)"}\n')
    postil.index(tmp_path / "in.jsonl", into=tmp_path / "evil.db")
    page = get([str(tmp_path / "evil.db")], "/evil/-/search?q=apple%22%3E%3Cscript%3E")[0]
    assert page.status_code == 200 and "apple" in page.text
    assert "<script>alert" not in page.text and "<img src=x" not in page.text and "javascript:alert" not in page.text
    assert '"><script>' not in page.text


def test_databases_that_are_no_index_stay_as_they_are(path, other):
    page, index, plain = get([path, other], "/other/-/search?q=a", "/postil", "/other")
    assert page.status_code == 404
    assert "Ranked search" in index.text and "Ranked search" not in plain.text and plain.status_code == 200


def test_who_may_not_see_a_database_may_not_search_it(path):
    metadata = {"databases": {"postil": {"allow": {"id": "root"}}}}
    assert get([path], "/postil/-/search?q=reward", metadata=metadata)[0].status_code == 403


def test_functions_are_known_in_sql(path):
    answer = get([path], "/postil.json?_shape=arrays&sql=select+id+from+postil_search(:q)+limit+3&q=proxy")[0]
    with postil.open(path) as reviews:
        assert [row[0] for row in answer.json()["rows"]] == [hit.id for hit in reviews.search("proxy", 3)]
    assert "mesa-optimizer" in get([path], "/postil/documents?_search=optimizers")[0].text


BROWSER = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium")
def test_a_browser_shows_the_page(path, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "datasette", path, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/postil/-/search?q=reward+hacking"
        for _ in range(100):
            try:
                urllib.request.urlopen(address).close()
                break
            except OSError:
                time.sleep(0.1)
        shown = subprocess.run(
            [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}", "--dump-dom", address],
            capture_output=True, text=True, timeout=60).stdout
    finally:
        server.terminate()
        server.wait()
    with postil.open(path) as reviews:
        titles = [hit.title for hit in reviews.search("reward hacking", 3)]
    places = [shown.find(title) for title in titles]
    assert -1 not in places and places == sorted(places)
    assert re.search(r"<mark>reward</mark>", shown, re.IGNORECASE)
