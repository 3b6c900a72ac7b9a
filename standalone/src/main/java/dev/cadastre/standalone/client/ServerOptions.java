package dev.cadastre.standalone.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that talks to a running server. */
public final class ServerOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:CADASTRE_URL:-http://127.0.0.1:8080}",
            description = "Address of the server (or CADASTRE_URL; default: ${DEFAULT-VALUE}).")
    private URI url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:CADASTRE_TOKEN}",
            description = "Bearer token (or CADASTRE_TOKEN).")
    private @Nullable String token;

    /** A client of that server. */
    public ApiClient client() {
        if (token == null || token.isBlank()) {
            throw new CommandRefused(
                    "A token is needed: --token TOKEN or CADASTRE_TOKEN. The first one is in"
                            + " admin.token in the server's data directory.");
        }
        return new ApiClient(url, token);
    }
}
