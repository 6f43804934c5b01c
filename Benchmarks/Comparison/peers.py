"""The engines that are compared: where each is found, how it is installed, and how its worker is started."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

from queries import load

WORKERS = Path(__file__).resolve().parent / "engines"

LuceneRelease = namedtuple("LuceneRelease", "java package options jar flags")  # java: the least version that runs it
LUCENE_RELEASES = (
    LuceneRelease(21, "pyserini==2.4.0", ["--no-binary", "pyserini"], "anserini-2.3.0-fatjar.jar",  # Lucene 10.5
                  ["--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"]),
    LuceneRelease(11, "pyserini==0.22.1", [], "anserini-0.22.1-fatjar.jar", []),  # Lucene 9.5
)


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
    texts = ""  # how it stores them

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
        return {**json.loads(output), "texts": self.texts, "peak_bytes": peak}

    def query(self, folder, queries, limit, repeat, variant):
        """Answers the queries in a fresh process; a list of {"us","first_us","ids"}, None for what it cannot express."""
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
    texts = "plain"

    def command(self):
        try:
            return super().command()
        except Missing:  # Python's own SQLite, usually older, has FTS5 too.
            return [sys.executable, str(WORKERS / self.script)]


class Tantivy(PythonEngine):
    name, title, script = "tantivy", "tantivy", "tantivy_worker.py"
    modules, packages = ("tantivy",), ("tantivy",)
    texts = "LZ4"


class Xapian(PythonEngine):
    name, title, script = "xapian", "Xapian", "xapian_worker.py"
    modules = ("xapian",)
    texts = "zlib"

    def hint(self):
        return "apt-get install python3-xapian"

    def install(self):
        raise Missing(self.hint())


class BM25S(PythonEngine):
    name, title, script = "bm25s", "bm25s", "bm25s_worker.py"
    modules, packages = ("bm25s", "Stemmer"), ("bm25s", "PyStemmer")
    texts = "none"


class PISA(PythonEngine):
    name, title, script = "pisa", "PISA", "pisa_worker.py"
    modules, packages = ("pyterrier_pisa",), ("pyterrier-pisa",)
    texts = "none"

    @property
    def variants(self):
        return {"pisa-maxscore": "maxscore", "pisa-bmm": "block_max_maxscore", "pisa-bmw": "block_max_wand"}


class BMP(PythonEngine):
    name, title, script = "bmp", "BMP", "bmp_worker.py"
    modules, packages = ("bmp", "Stemmer"), ("bmp", "PyStemmer")
    texts = "none"


class Lucene(Engine):
    """Lucene in a JVM, out of the jar of Anserini that PyPI's pyserini carries: the newest that the newest Java here can run."""

    name, title = "lucene", "Lucene"
    texts = "LZ4"

    @property
    def home(self):
        return self.cache / "lucene"

    def release(self):
        """The newest release that the newest Java here runs, and that Java's home; raises Missing without a Java of use."""
        version, java = newest_java()
        for release in LUCENE_RELEASES:
            if version >= release.java:
                return release, java
        raise Missing("a JDK 21 or newer, then " + self.installation())

    def jar(self, release):
        return next(self.home.glob(f"**/{release.jar}"), None)

    @staticmethod
    def installation():
        return f"Benchmarks/Comparison/compare --install-peers  (pip download {LUCENE_RELEASES[0].package})"

    def install(self):
        release, _ = self.release()
        with tempfile.TemporaryDirectory() as scratch:
            # Only the jar is wanted: whether this Python could run the package does not matter.
            subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--ignore-requires-python",
                            *release.options, "--dest", scratch, release.package], check=True)
            for package in list(Path(scratch).iterdir()):
                shutil.unpack_archive(package, scratch, "zip" if package.suffix == ".whl" else None)
            self.home.mkdir(parents=True, exist_ok=True)
            jar = next(Path(scratch).glob(f"**/{release.jar}"))
            shutil.move(jar, self.home / release.jar)

    def command(self):
        release, java = self.release()
        jar = self.jar(release)
        if jar is None:
            raise Missing(self.installation())
        source, classes = WORKERS / "LuceneWorker.java", self.home / f"classes-{release.jar}"
        compiled = classes / "LuceneWorker.class"
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            subprocess.run([java / "bin" / "javac", "-cp", jar, "-d", classes, source], check=True, capture_output=True)
        return [str(java / "bin" / "java"), *release.flags, "-Xmx4g", "-cp", f"{jar}{os.pathsep}{classes}", "LuceneWorker"]

    def query(self, folder, queries, limit, repeat, variant):
        # One parser reads the queries, that of queries.py.
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as parsed:
            parsed.writelines(json.dumps(query.parts) + "\n" for query in load(queries))
            parsed.flush()
            return super().query(folder, parsed.name, limit, repeat, variant)


def java_version(home):
    """The feature version of the JDK in a folder, or 0 where there is no compiler."""
    if not os.access(home / "bin" / "javac", os.X_OK):
        return 0
    try:
        match = re.search(r'^JAVA_VERSION="(\d+)', (home / "release").read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return 0
    return int(match[1]) if match else 0


def newest_java():
    """Version and home of the newest JDK among $JAVA_HOME, the one on the path, and where systems put them; (0, None) if none."""
    homes = [Path(path).resolve().parents[1] for path in [shutil.which("javac")] if path]
    homes += [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    for pattern in ("usr/lib/jvm/*", "opt/*jdk*", "Library/Java/JavaVirtualMachines/*/Contents/Home"):
        homes += sorted(Path("/").glob(pattern))
    return max(((java_version(home), home) for home in homes), key=lambda found: found[0], default=(0, None))


class Postil(Engine):
    """Postil itself, through its command line."""

    name, title = "postil", "Postil"
    texts, compression = "plain", "none"

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
                            "--compression", self.compression, "--keep", str(Path(folder) / "postil.db"), "--json"])
        report = json.loads(output)
        first = report["runs"][0]
        return {"engine": f"{self.title} {self.version()}", "texts": self.texts, "documents": report["documents"],
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


class CompressedPostil(Postil):
    """Postil with compressed texts: another index, the same queries."""

    name, title = "postil-zstd", "Postil with zstd"
    texts, compression = "zstd", "zstd"


PEERS = (FTS5, Tantivy, Xapian, Lucene, BM25S, PISA, BMP)
