import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene as a worker of the comparison; the commands and their answers are those of worker.py.
 *
 * <p>Words by UAX #29, lower case, Snowball English, positions, text stored, merged to one segment.
 */
public final class LuceneWorker {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Warm-up passes; the JIT compiler needs more than one. */
    private static final int WARM_UP = 3;
    /** Hits that the collector counts exactly before it may skip; Lucene's own default. */
    private static final int HITS_COUNTED = 1000;

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
        List<String> names = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        long size = 0;
        try (BufferedReader lines = Files.newBufferedReader(corpus)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode record = JSON.readTree(line);
                String title = record.path("title").asText("");
                String text = record.get("text").asText();
                names.add(record.get("id").asText());
                texts.add(title.isEmpty() ? text : title + "\n" + text);
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
                        for (int i = next.getAndIncrement(); i < texts.size(); i = next.getAndIncrement()) {
                            Document document = new Document();
                            document.add(new StoredField("id", names.get(i)));
                            document.add(new TextField("text", texts.get(i), Field.Store.YES));
                            writer.addDocument(document);
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
        report.put("engine", "Lucene " + Version.LATEST).put("documents", texts.size()).put("text_bytes", size);
        report.put("threads", threads).put("seconds", committed).put("merged_seconds", merged);
        report.put("cpu_seconds", (system.getProcessCpuTime() - cpu) / 1e9).put("index_bytes", bytes);
        System.out.println(report);
    }

    private static void query(Path folder, Path queries, int limit, int repeat) throws Exception {
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(new MMapDirectory(folder)));
        searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
        searcher.setQueryCache(null);
        List<Query> prepared = new ArrayList<>();
        for (String line : Files.readAllLines(queries)) {
            if (!line.isBlank()) {
                prepared.add(prepare(JSON.readTree(line).get("query").asText()));
            }
        }
        long[] best = new long[prepared.size()];
        TopDocs[] hits = new TopDocs[prepared.size()];
        for (int turn = 0; turn < WARM_UP + repeat; turn++) {
            for (int number = 0; number < best.length; number++) {
                if (prepared.get(number) == null) {
                    continue;
                }
                long started = System.nanoTime();
                TopScoreDocCollector collector = TopScoreDocCollector.create(limit, null, HITS_COUNTED);
                searcher.search(prepared.get(number), collector);
                hits[number] = collector.topDocs();
                long spent = System.nanoTime() - started;
                if (turn >= WARM_UP && (best[number] == 0 || spent < best[number])) {
                    best[number] = spent;
                }
            }
        }
        for (int number = 0; number < best.length; number++) {
            if (hits[number] == null) {
                System.out.println("null");
                continue;
            }
            ObjectNode answer = JSON.createObjectNode();
            answer.put("us", best[number] / 1000.0);
            ArrayNode ids = answer.putArray("ids");
            for (ScoreDoc hit : hits[number].scoreDocs) {
                ids.add(searcher.storedFields().document(hit.doc).get("id"));
            }
            System.out.println(answer);
        }
    }

    /** The query for one of the plain forms of queries.py, or null. */
    private static Query prepare(String text) throws Exception {
        String trimmed = text.strip();
        boolean isPhrase = trimmed.matches("\\+?\"[^\"]*\"");
        boolean isMixed = !isPhrase && trimmed.contains("\"");
        List<String> terms = terms(trimmed);
        if (isMixed || terms.isEmpty()) {
            return null;
        }
        if (isPhrase) {
            return new PhraseQuery("text", terms.toArray(new String[0]));
        }
        int required = 0;
        int clauses = 0;
        for (String clause : trimmed.split("\\s+")) {
            clauses++;
            if (clause.startsWith("+")) {
                required++;
            } else if (clause.startsWith("-")) {
                return null;
            }
        }
        if (required != 0 && required != clauses) {
            return null;
        }
        BooleanClause.Occur occur = required == 0 ? BooleanClause.Occur.SHOULD : BooleanClause.Occur.MUST;
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        for (String term : terms) {
            builder.add(new TermQuery(new Term("text", term)), occur);
        }
        return builder.build();
    }

    private static List<String> terms(String text) throws Exception {
        List<String> terms = new ArrayList<>();
        Matcher words = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS).matcher(text);
        try (Analyzer analyzer = analyzer()) {
            while (words.find()) {
                try (TokenStream tokens = analyzer.tokenStream("text", words.group())) {
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
