package dev.cadastre.standalone.answers;

import dev.cadastre.standalone.client.ApiPath;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The instant that a question is about, and that at which it is asked. */
public final class TimeOptions {

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            description =
                    "What was true then: 2025-03-31 (the end of that day) or 2025-03-31T10:00:00Z"
                            + " (default: now).")
    private @Nullable String asOf;

    @Option(
            names = "--known-at",
            paramLabel = "INSTANT",
            description =
                    "What was known then; position:N is exact and never changes (default: all that"
                            + " is known).")
    private @Nullable String knownAt;

    public ApiPath addTo(ApiPath path) {
        return path.with("asOf", asOf).with("knownAt", knownAt);
    }
}
