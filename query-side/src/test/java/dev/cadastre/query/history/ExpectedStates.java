package dev.cadastre.query.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.erdtman.jcs.JsonCanonicalizer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The states that a folder with {@code instants.ndjson} and {@code oracle.ndjson.gz} expects, and
 * the comparison of answers with them. The answers come from a function, so that an index in this
 * process and a server elsewhere are judged alike.
 */
public final class ExpectedStates {

    /**
     * An instant at which the whole state is known.
     *
     * @param asOf RFC 3339
     * @param sha256 hash of the whole state
     */
    public record KnownInstant(int number, String asOf, int cis, int relations, String sha256) {}

    private record Version(int from, int to, JsonNode state, String sha256) {}

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Comparator<JsonNode> RELATION_ORDER =
            Comparator.<JsonNode, String>comparing(relation -> relation.get("type").stringValue())
                    .thenComparing(relation -> relation.get("to").stringValue());

    private final List<KnownInstant> instants;
    private final Map<String, List<Version>> versions;

    private ExpectedStates(List<KnownInstant> instants, Map<String, List<Version>> versions) {
        this.instants = instants;
        this.versions = versions;
    }

    public static ExpectedStates read(Path folder) throws IOException {
        List<KnownInstant> instants = new ArrayList<>();
        try (Stream<String> lines = Files.lines(folder.resolve("instants.ndjson"))) {
            lines.map(MAPPER::readTree)
                    .forEach(
                            line ->
                                    instants.add(
                                            new KnownInstant(
                                                    line.get("instant").intValue(),
                                                    line.get("asOf").stringValue(),
                                                    line.get("cis").intValue(),
                                                    line.get("relations").intValue(),
                                                    line.get("sha256").stringValue())));
        }
        Map<String, List<Version>> versions = new HashMap<>();
        try (InputStream file = Files.newInputStream(folder.resolve("oracle.ndjson.gz"));
                InputStream unpacked = new GZIPInputStream(file, 1 << 16);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(unpacked, StandardCharsets.UTF_8))) {
            for (String line; (line = lines.readLine()) != null; ) {
                JsonNode row = MAPPER.readTree(line);
                versions.computeIfAbsent(row.get("ci").stringValue(), _ -> new ArrayList<>())
                        .add(
                                new Version(
                                        row.get("from").intValue(),
                                        row.get("to").intValue(),
                                        MAPPER.createObjectNode()
                                                .<ObjectNode>setAll(
                                                        Map.of(
                                                                "attrs", row.get("attrs"),
                                                                "ci", row.get("ci"),
                                                                "class", row.get("class"),
                                                                "rels", row.get("rels"))),
                                        row.get("sha256").stringValue()));
            }
        }
        return new ExpectedStates(List.copyOf(instants), versions);
    }

    public List<KnownInstant> instants() {
        return instants;
    }

    /** The ids of all CIs that are there at one instant at least. */
    public List<String> cis() {
        return versions.keySet().stream().sorted().toList();
    }

    /** The state of each CI at an instant, in the form {@code {attrs, ci, class, rels}}. */
    public Map<String, JsonNode> at(int instant) {
        Map<String, JsonNode> states = new TreeMap<>();
        versions.forEach(
                (ci, ofCi) ->
                        ofCi.stream()
                                .filter(v -> v.from() <= instant && instant <= v.to())
                                .forEach(v -> states.put(ci, v.state())));
        return states;
    }

    /**
     * Compares the answer to "all CIs as of" each instant with what is expected.
     *
     * @param answers from {@code asOf} to one line of JSON a CI, as the API's NDJSON reads
     * @return what differs, in words; empty if nothing does
     */
    public List<String> differences(Function<String, Stream<String>> answers) {
        List<String> differences = new ArrayList<>();
        for (KnownInstant instant : instants) {
            try (Stream<String> lines = answers.apply(instant.asOf())) {
                differences.addAll(differencesAt(instant, lines));
            }
        }
        return differences;
    }

    /** Compares the answer for one instant. */
    List<String> differencesAt(KnownInstant instant, Stream<String> lines) {
        List<String> differences = new ArrayList<>();
        String where = "instant " + instant.number() + " (" + instant.asOf() + "): ";
        Map<String, String> expected = hashesAt(instant.number());
        Map<String, String> hashes = new HashMap<>();
        int[] relations = {0};
        lines.forEach(
                line -> {
                    JsonNode state = stateOf(MAPPER.readTree(line));
                    String ci = state.get("ci").stringValue();
                    String hash = sha256(canonical(state));
                    relations[0] += state.get("rels").size();
                    if (hashes.put(ci, hash) != null) {
                        differences.add(where + ci + " is answered twice");
                    } else if (!expected.containsKey(ci)) {
                        differences.add(where + ci + " should not be there");
                    } else if (!expected.get(ci).equals(hash)) {
                        differences.add(
                                where
                                        + ci
                                        + " reads "
                                        + state
                                        + ", not "
                                        + at(instant.number()).get(ci));
                    }
                });
        expected.keySet().stream()
                .filter(ci -> !hashes.containsKey(ci))
                .forEach(ci -> differences.add(where + ci + " is missing"));
        if (hashes.size() != instant.cis() || relations[0] != instant.relations()) {
            differences.add(
                    where
                            + hashes.size()
                            + " CIs and "
                            + relations[0]
                            + " relations, not "
                            + instant.cis()
                            + " and "
                            + instant.relations());
        }
        if (!wholeState(hashes).equals(instant.sha256())) {
            differences.add(where + "the hash of the whole state differs");
        }
        return differences;
    }

    private Map<String, String> hashesAt(int instant) {
        Map<String, String> hashes = new HashMap<>();
        versions.forEach(
                (ci, ofCi) ->
                        ofCi.stream()
                                .filter(v -> v.from() <= instant && instant <= v.to())
                                .forEach(v -> hashes.put(ci, v.sha256())));
        return hashes;
    }

    /** A CI as the API reads, in the form {@code {attrs, ci, class, rels}}. */
    public static JsonNode stateOf(JsonNode body) {
        List<JsonNode> relations = new ArrayList<>();
        JsonNode given = body.get("relations");
        if (given != null) {
            given.forEach(relations::add);
        }
        relations.sort(RELATION_ORDER);
        ArrayNode sorted = MAPPER.createArrayNode().addAll(relations);
        ObjectNode state = MAPPER.createObjectNode();
        JsonNode attributes = body.get("attributes");
        state.set("attrs", attributes == null ? MAPPER.createObjectNode() : attributes);
        state.set("ci", body.get("id"));
        state.set("class", body.get("class"));
        state.set("rels", sorted);
        return state;
    }

    /** The hash over the lines {@code ci TAB hash LF}, sorted by the UTF-8 bytes of the id. */
    private static String wholeState(Map<String, String> hashes) {
        StringBuilder lines = new StringBuilder();
        hashes.entrySet().stream()
                .sorted(
                        (one, other) ->
                                Arrays.compareUnsigned(utf8(one.getKey()), utf8(other.getKey())))
                .forEach(
                        ci ->
                                lines.append(ci.getKey())
                                        .append('\t')
                                        .append(ci.getValue())
                                        .append('\n'));
        return sha256(lines.toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String canonical(JsonNode state) {
        try {
            return new JsonCanonicalizer(state.toString()).getEncodedString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(utf8(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
