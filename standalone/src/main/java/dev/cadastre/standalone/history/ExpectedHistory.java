package dev.cadastre.standalone.history;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.cadastre.standalone.client.CommandRefused;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The instants and expected states that lie beside a change history. */
final class ExpectedHistory {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<ExpectedInstant> instants;
    private final List<ExpectedCi> versions;

    private ExpectedHistory(List<ExpectedInstant> instants, List<ExpectedCi> versions) {
        this.instants = instants;
        this.versions = versions;
    }

    /** An instant at which the whole state is known. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record ExpectedInstant(int instant, String asOf, int cis, int relations, String sha256) {}

    /** One version of one CI, and the instants from and to which it holds. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record ExpectedCi(int from, int to, String ci, String sha256) {}

    static ExpectedHistory read(Path directory) {
        List<ExpectedInstant> instants = new ArrayList<>();
        lines(directory, "instants.ndjson", ExpectedInstant.class, instants::add);
        List<ExpectedCi> versions = new ArrayList<>();
        lines(directory, "oracle.ndjson", ExpectedCi.class, versions::add);
        return new ExpectedHistory(List.copyOf(instants), List.copyOf(versions));
    }

    List<ExpectedInstant> instants() {
        return instants;
    }

    /** The hash of each CI that is there at an instant, by the CI's id. */
    Map<String, String> hashesAt(ExpectedInstant instant) {
        Map<String, String> hashes = new HashMap<>();
        for (ExpectedCi version : versions) {
            if (version.from() <= instant.instant() && instant.instant() <= version.to()) {
                hashes.put(version.ci(), version.sha256());
            }
        }
        return hashes;
    }

    private static <T> void lines(
            Path directory, String name, Class<T> type, Consumer<T> consumer) {
        Path plain = directory.resolve(name);
        Path file = Files.exists(plain) ? plain : directory.resolve(name + ".gz");
        ObjectReader reader = JSON.readerFor(type);
        try (InputStream bytes = Files.newInputStream(file);
                InputStream expanded =
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(expanded, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    consumer.accept(reader.readValue(line));
                }
            }
        } catch (IOException | JacksonException e) {
            throw new CommandRefused(
                    "Cannot read "
                            + file
                            + "; a history with expected states has instants.ndjson and"
                            + " oracle.ndjson, each perhaps with .gz: "
                            + e.getMessage(),
                    e);
        }
    }
}
