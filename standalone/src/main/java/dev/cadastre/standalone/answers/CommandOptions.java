package dev.cadastre.standalone.answers;

import dev.cadastre.standalone.client.ApiClient;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Why a command is given; the register keeps it with what is recorded. */
public final class CommandOptions {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, in words.")
    private @Nullable String reason;

    @Option(
            names = "--change",
            paramLabel = "REFERENCE",
            description = "The change by which it is done.")
    private @Nullable String change;

    /** The headers that say so. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (reason != null) {
            headers.put("Change-Reason", ApiClient.encoded(reason));
        }
        if (change != null) {
            headers.put("Change-Id", change);
        }
        return headers;
    }
}
