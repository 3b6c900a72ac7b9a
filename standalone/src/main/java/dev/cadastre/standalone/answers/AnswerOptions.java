package dev.cadastre.standalone.answers;

import dev.cadastre.standalone.client.ServerOptions;
import dev.cadastre.standalone.terminal.OutputFormat;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that shows what a server answers. */
public final class AnswerOptions {

    @Mixin private ServerOptions server = new ServerOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description =
                    "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). A table is for people;"
                            + " the others are what the server sends.")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description =
                    "How long the server may take to begin an answer (default: ${DEFAULT-VALUE}).")
    private int timeout;

    public OutputFormat format() {
        return format;
    }

    /** What puts the questions. */
    public Answers answers() {
        return new Answers(server.client(Duration.ofSeconds(timeout)), format);
    }
}
