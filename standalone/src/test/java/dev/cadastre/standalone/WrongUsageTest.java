package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are refused before any server is asked. */
class WrongUsageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get",
                "get people",
                "get cis --where =server",
                "get cis web-01 --where class=server",
                "get cis web-01 -o csv",
                "get cis --limit 0",
                "get cis --limit many",
                "get cis --output xml",
                "get cis --url nonsense",
                "get cis --url ftp://127.0.0.1",
                "get counts",
                "diff",
                "diff --from 2024-01-01 --patch",
                "diff cis web-01 --from 2024-01-01 --limit 3",
                "history assets",
                "history people p",
                "impact",
                "impact web-01 --direction up",
                "get cis --version 3",
                "snapshot",
                "snapshot take",
                "snapshot verify",
                "tail -o csv",
                "tail --last many",
                "replay",
                "replay --from 2024-01-01 -o csv",
                "restore web-01",
                "backup",
                "migrate",
                "migrate --from data/register",
                "completion",
                "completion fish"
            })
    void it_ends_with_2_and_says_how_it_is_used(String line) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(messages, true, StandardCharsets.UTF_8));
        try {
            assertThat(Cadastre.run(line.split(" "))).isEqualTo(2);
        } finally {
            System.setErr(before);
        }
        assertThat(messages.toString(StandardCharsets.UTF_8))
                .contains("Usage: cadastre " + line.split(" ")[0])
                .doesNotContain("Exception");
    }
}
