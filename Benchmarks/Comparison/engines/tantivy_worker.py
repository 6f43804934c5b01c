"""tantivy through its Python binding: one stored text field, tokenizer en_stem, with positions."""

from importlib.metadata import version

import tantivy
import worker

HEAP_PER_THREAD = 500_000_000  # bytes: ample, so that its writer is not held back by memory


def schema():
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    return builder.build()


def index(corpus, folder, threads):
    documents, size = worker.read_documents(corpus)
    clock = worker.IndexClock()
    target = tantivy.Index(schema(), path=folder)
    writer = target.writer(heap_size=HEAP_PER_THREAD * threads, num_threads=threads)
    for name, text in documents:
        writer.add_document(tantivy.Document(id=name, text=text))
    writer.commit()
    clock.commit()
    writer.wait_merging_threads()
    clock.merge()
    clock.report("tantivy " + version("tantivy"), folder, documents, size, threads)


def query(folder, queries, limit, repeat, variant):
    source = tantivy.Index.open(folder)
    searcher = source.searcher()
    glue = {"or": " OR ", "and": " AND "}

    def prepare(query):
        if query.kind is None:
            return None
        text = '"%s"' % " ".join(query.words) if query.kind == "phrase" else glue[query.kind].join(query.words)
        return source.parse_query(text, ["text"])

    def search(prepared):
        return searcher.search(prepared, limit, count=False)

    def fetch_ids(result):
        return [searcher.doc(address).get_first("id") for _, address in result.hits]

    worker.measure([prepare(query) for query in queries], search, fetch_ids, repeat)


worker.run(index, query)
