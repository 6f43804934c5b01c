"""tantivy through its Python binding: one stored text field, tokenizer en_stem, with positions; the date as an indexed fast field.

The binding cannot merge. Where its threads leave several segments, one thread builds the index once more in one go, and that
index is asked. It scores neither beginnings of words nor fuzzy words: each hit has the same score.
"""

import os
import shutil
from importlib.metadata import version

import tantivy
import worker

HEAP_PER_THREAD = 500_000_000  # bytes: ample, so that its writer is not held back by memory
HEAP_OF_ONE_SEGMENT = 4_000_000_000  # bytes: nearly the most that a thread may have; taken as needed


def schema():
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    builder.add_integer_field("day", indexed=True, fast=True)
    return builder.build()


def fill(folder, made, heap, threads, committed=lambda: None):
    """Builds an index; returns how many segments it has."""
    target = tantivy.Index(schema(), path=folder)
    writer = target.writer(heap_size=heap, num_threads=threads)
    for document in made:
        writer.add_document(document)
    writer.commit()
    committed()
    writer.wait_merging_threads()
    target.reload()
    return target.searcher().num_segments


def index(corpus, folder, threads):
    documents, size = worker.read_documents(corpus)
    made = [tantivy.Document(id=entry.name, text=entry.text, day=entry.day) for entry in documents]
    clock = worker.IndexClock()
    segments = fill(folder, made, HEAP_PER_THREAD * threads, threads, clock.commit)
    clock.merge()
    report = clock.figures("tantivy " + version("tantivy"), folder, documents, size, threads)
    if segments > 1:
        shutil.rmtree(folder)
        os.makedirs(folder)
        clock = worker.IndexClock()
        segments = fill(folder, made, HEAP_OF_ONE_SEGMENT, 1)
        clock.merge()
        report.update(merged_seconds=clock.merged, index_bytes=worker.folder_size(folder))
    worker.answer({**report, "segments": segments})


def query(folder, queries, limit, repeat, variant):
    source = tantivy.Index.open(folder)
    searcher, fields = source.searcher(), source.schema
    glue = {"or": " OR ", "and": " AND "}
    stems = (tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
             .filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english")).build())

    def matching(query):
        if query.kind == "prefix":
            return tantivy.Query.regex_query(fields, "text", query.words[0] + ".*")
        if query.kind == "fuzzy":
            return tantivy.Query.fuzzy_term_query(fields, "text", stems.analyze(query.words[0])[0], distance=query.edits)
        text = '"%s"' % " ".join(query.words) if query.kind == "phrase" else glue[query.kind].join(query.words)
        return source.parse_query(text, ["text"])

    def prepare(query):
        if query.kind is None:
            return None
        if not query.days:
            return matching(query)
        days = tantivy.Query.range_query(fields, "day", tantivy.FieldType.Integer, *query.days)
        return tantivy.Query.boolean_query([
            (tantivy.Occur.Must, matching(query)), (tantivy.Occur.Must, tantivy.Query.const_score_query(days, 0.0))])

    def search(prepared):
        return searcher.search(prepared, limit, count=False)

    def fetch_ids(result):
        return [searcher.doc(address).get_first("id") for _, address in result.hits]

    worker.measure([prepare(query) for query in queries], search, fetch_ids, repeat)


worker.run(index, query)
