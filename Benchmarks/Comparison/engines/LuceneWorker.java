import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene as a worker of the comparison; the commands and their answers are those of worker.py, the queries parsed already.
 *
 * <p>Words by UAX #29, lower case, Snowball English, positions, text stored (LZ4), dates as points and doc values, merged to one
 * segment. The collector may prune once it has as many hits as are asked for. A word's beginning is rewritten to all words that
 * begin so, each scored; a fuzzy word to the fifty best, with blended frequencies, as Lucene does by itself.
 */
public final class LuceneWorker {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Warm-up ends when for so many passes and nanoseconds none has been faster by a hundredth than the fastest before. */
    private static final int QUIET_PASSES = 3;
    private static final long QUIET_TIME = 3_000_000_000L;
    /** Warm-up ends when this time is up, in any case. */
    private static final long MOST_WARM_UP = 60_000_000_000L;
    /** A query that takes longer, in nanoseconds, is timed once after the warm-up. */
    private static final long SLOW = 50_000_000L;

    private static Analyzer analyzer() {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                StandardTokenizer words = new StandardTokenizer();
                return new TokenStreamComponents(words, new SnowballFilter(new LowerCaseFilter(words), "English"));
            }
        };
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("index")) {
            index(Path.of(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
        } else {
            query(Path.of(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]));
        }
    }

    private static void index(Path corpus, Path folder, int threads) throws Exception {
        List<Document> documents = new ArrayList<>();
        long size = 0;
        try (BufferedReader lines = Files.newBufferedReader(corpus)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode record = JSON.readTree(line);
                String title = record.path("title").asText("");
                String text = record.get("text").asText();
                long day = day(record.path("date").asText(""));
                Document document = new Document();
                document.add(new StoredField("id", record.get("id").asText()));
                document.add(new TextField("text", title.isEmpty() ? text : title + "\n" + text, Field.Store.YES));
                document.add(new LongPoint("day", day));
                document.add(new SortedNumericDocValuesField("day", day));
                documents.add(document);
                size += title.getBytes(StandardCharsets.UTF_8).length + text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long started = System.nanoTime();
        double committed;
        double merged;
        IndexWriterConfig settings = new IndexWriterConfig(analyzer());
        settings.setRAMBufferSizeMB(512);
        settings.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
        long bytes = 0;
        try (Directory directory = new MMapDirectory(folder)) {
            try (IndexWriter writer = new IndexWriter(directory, settings)) {
                AtomicInteger next = new AtomicInteger();
                ExecutorService pool = Executors.newFixedThreadPool(threads);
                List<Future<?>> running = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    running.add(pool.submit(() -> {
                        for (int i = next.getAndIncrement(); i < documents.size(); i = next.getAndIncrement()) {
                            writer.addDocument(documents.get(i));
                        }
                        return null;
                    }));
                }
                for (Future<?> worker : running) {
                    worker.get();
                }
                pool.shutdown();
                writer.commit();
                committed = (System.nanoTime() - started) / 1e9;
                writer.forceMerge(1);
                writer.commit();
                merged = (System.nanoTime() - started) / 1e9;
            }
            for (String file : directory.listAll()) {
                bytes += directory.fileLength(file);
            }
        }
        ObjectNode report = JSON.createObjectNode();
        report.put("engine", "Lucene " + Version.LATEST).put("documents", documents.size()).put("text_bytes", size);
        report.put("threads", threads).put("seconds", committed).put("merged_seconds", merged);
        report.put("cpu_seconds", (system.getProcessCpuTime() - cpu) / 1e9).put("index_bytes", bytes);
        System.out.println(report);
    }

    /** A date as queries.py makes it a number: 2019-04-30 is 20190430, no date is 0. */
    private static long day(String date) {
        String digits = date.replaceAll("\\D", "");
        return digits.length() < 4 ? 0 : Long.parseLong((digits + "00000000").substring(0, 8));
    }

    private static void query(Path folder, Path queries, int limit, int repeat) throws Exception {
        IndexSearcher.setMaxClauseCount(1 << 20);
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(new MMapDirectory(folder)));
        searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
        searcher.setQueryCache(null);
        List<Query> prepared = new ArrayList<>();
        for (String line : Files.readAllLines(queries)) {
            prepared.add(prepare(JSON.readTree(line)));
        }
        Passes passes = new Passes(searcher, prepared, limit);
        passes.warmUp();
        for (int turn = 0; turn < repeat; turn++) {
            passes.run(turn > 0);
        }
        for (int number = 0; number < prepared.size(); number++) {
            if (prepared.get(number) == null) {
                System.out.println("null");
                continue;
            }
            ObjectNode answer = JSON.createObjectNode();
            answer.put("us", passes.best[number] / 1000.0).put("first_us", passes.first[number] / 1000.0);
            answer.put("passes", passes.warmUpPasses);
            ArrayNode ids = answer.putArray("ids");
            for (ScoreDoc hit : passes.hits[number].scoreDocs) {
                ids.add(searcher.storedFields().document(hit.doc).get("id"));
            }
            System.out.println(answer);
        }
    }

    /** Asks all queries again and again, and keeps the first and the best time of each. */
    private static final class Passes {
        private final IndexSearcher searcher;
        private final List<Query> queries;
        private final int limit;
        private final Collectors collectors = new Collectors();
        final long[] first;
        final long[] best;
        final TopDocs[] hits;
        int warmUpPasses;

        Passes(IndexSearcher searcher, List<Query> queries, int limit) throws Exception {
            this.searcher = searcher;
            this.queries = queries;
            this.limit = limit;
            first = new long[queries.size()];
            best = new long[queries.size()];
            hits = new TopDocs[queries.size()];
        }

        /** Runs passes until the JIT compiler is quiet: until the time of the fastest pass no longer falls. */
        void warmUp() throws Exception {
            long began = System.nanoTime();
            long fastest = run(false);
            System.arraycopy(best, 0, first, 0, best.length);
            warmUpPasses = 1;
            int quietPasses = 0;
            long quietSince = System.nanoTime();
            while (System.nanoTime() - began < MOST_WARM_UP
                && (quietPasses < QUIET_PASSES || System.nanoTime() - quietSince < QUIET_TIME)) {
                long spent = run(false);
                warmUpPasses++;
                quietPasses++;
                if (spent < fastest - fastest / 100) {
                    fastest = spent;
                    quietPasses = 0;
                    quietSince = System.nanoTime();
                }
            }
            Arrays.fill(best, 0);
        }

        /** One pass; returns the time of its searches. */
        long run(boolean leavesOutSlow) throws Exception {
            long total = 0;
            for (int number = 0; number < best.length; number++) {
                if (queries.get(number) == null || leavesOutSlow && best[number] > SLOW) {
                    continue;
                }
                long started = System.nanoTime();
                hits[number] = searcher.search(queries.get(number), collectors.make(limit));
                long spent = System.nanoTime() - started;
                total += spent;
                if (best[number] == 0 || spent < best[number]) {
                    best[number] = spent;
                }
            }
            return total;
        }
    }

    /** Makes collectors of the best hits that count no further than these; the call is another one before Lucene 10. */
    private static final class Collectors {
        private final Constructor<?> constructor;
        private final Method factory;

        Collectors() throws Exception {
            Constructor<?> found = null;
            Method older = null;
            try {
                found = Class.forName("org.apache.lucene.search.TopScoreDocCollectorManager")
                    .getConstructor(int.class, int.class);
            } catch (ReflectiveOperationException missing) {
                older = Class.forName("org.apache.lucene.search.TopScoreDocCollector")
                    .getMethod("createSharedManager", int.class, ScoreDoc.class, int.class);
            }
            constructor = found;
            factory = older;
        }

        @SuppressWarnings("unchecked")
        CollectorManager<?, TopDocs> make(int limit) throws ReflectiveOperationException {
            Object manager = constructor == null
                ? factory.invoke(null, limit, null, limit) : constructor.newInstance(limit, limit);
            return (CollectorManager<?, TopDocs>) manager;
        }
    }

    /** The query for the parts that queries.py makes of one, or null. */
    private static Query prepare(JsonNode parts) throws Exception {
        Query matching = matching(parts);
        JsonNode days = parts.get("days");
        if (matching == null || days.isNull()) {
            return matching;
        }
        long first = days.get(0).asLong();
        long last = days.get(1).asLong();
        Query filter = new IndexOrDocValuesQuery(LongPoint.newRangeQuery("day", first, last),
            SortedNumericDocValuesField.newSlowRangeQuery("day", first, last));
        return new BooleanQuery.Builder()
            .add(matching, BooleanClause.Occur.MUST).add(filter, BooleanClause.Occur.FILTER).build();
    }

    private static Query matching(JsonNode parts) throws Exception {
        List<String> words = new ArrayList<>();
        parts.get("words").forEach(word -> words.add(word.asText()));
        switch (parts.get("kind").asText()) {
            case "phrase":
                return new PhraseQuery("text", terms(words).toArray(new String[0]));
            case "prefix":
                return new PrefixQuery(new Term("text", words.get(0)), MultiTermQuery.SCORING_BOOLEAN_REWRITE);
            case "fuzzy":
                return new FuzzyQuery(new Term("text", terms(words).get(0)), parts.get("edits").asInt());
            case "or":
                return joined(terms(words), BooleanClause.Occur.SHOULD);
            case "and":
                return joined(terms(words), BooleanClause.Occur.MUST);
            default:
                return null;
        }
    }

    private static Query joined(List<String> terms, BooleanClause.Occur occur) {
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        for (String term : terms) {
            builder.add(new TermQuery(new Term("text", term)), occur);
        }
        return builder.build();
    }

    private static List<String> terms(List<String> words) throws Exception {
        List<String> terms = new ArrayList<>();
        try (Analyzer analyzer = analyzer()) {
            for (String word : words) {
                try (TokenStream tokens = analyzer.tokenStream("text", word)) {
                    CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
                    tokens.reset();
                    while (tokens.incrementToken()) {
                        terms.add(term.toString());
                    }
                }
            }
        }
        return terms;
    }
}
