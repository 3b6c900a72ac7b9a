package dev.cadastre.command.imports.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cadastre.command.imports.http.ImportServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change history of eight years, where shared data is there. */
class RealHistoryTest {

    @TempDir Path directory;

    @Test
    void every_event_is_recorded_once_however_often_the_file_is_sent() throws Exception {
        Path file = sharedData().resolve("history-osg/events.ndjson.gz");
        assumeTrue(Files.isReadable(file), () -> "no shared data: " + file.toAbsolutePath());
        byte[] bytes = Files.readAllBytes(file);

        try (ImportServer server = new ImportServer(directory)) {
            Answer first = server.send("&source=osg", bytes);
            long size = server.log().head().size();
            Answer second = server.send("&source=osg", bytes);

            assertThat(first.status()).isEqualTo(202);
            assertThat(first.count("lines")).isEqualTo(26_054);
            assertThat(first.count("changes")).isEqualTo(3_643);
            assertThat(first.count("rejected")).isZero();
            // Besides the lines: 21 authors, 9 classes, 7 relation types.
            assertThat(first.count("events")).isEqualTo(26_054 + 21 + 9 + 7);
            assertThat(size).isEqualTo(first.count("events") + 2);
            assertThat(second.count("skipped")).isEqualTo(3_643);
            assertThat(second.count("events")).isZero();
            assertThat(server.log().head().size()).isEqualTo(size + 2);
        }
    }

    private static Path sharedData() {
        String set = System.getenv("CADASTRE_SHARED_DATA");
        return set == null ? Path.of("../../shared/data") : Path.of(set);
    }
}
