package dev.cadastre.eventstore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.EventLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondProcessTest {

    @TempDir Path directory;

    @Test
    void a_second_process_is_refused_and_told_which_one_has_the_directory() throws Exception {
        try (EventLog log = EmbeddedLog.open(directory, Clock.systemUTC())) {
            Process second =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "--enable-native-access=ALL-UNNAMED",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    WritingProcess.class.getName(),
                                    directory.toString())
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(second.waitFor()).isNotZero();
            assertThat(said)
                    .contains("is in use by process " + ProcessHandle.current().pid())
                    .contains("Stop that one first");
            assertThat(log.head().size()).isZero();
        }
    }
}
