package dev.cadastre.standalone.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of every command that talks to a running server. */
public final class ServerOptions {

    private static final int LONGEST_TOKEN = 4_096;

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = Address.class,
            defaultValue = "${env:CADASTRE_URL:-http://127.0.0.1:8080}",
            description = "Address of the server (or CADASTRE_URL; default: ${DEFAULT-VALUE}).")
    private URI url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "Bearer token. Other users of this machine can see it in the list of processes:"
                            + " prefer CADASTRE_TOKEN or --token-file.")
    private @Nullable String token;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File whose content is the token, for example DATA/admin.token.")
    private @Nullable Path tokenFile;

    /** A client of that server, which waits for answers as long as they take. */
    public ApiClient client() {
        return client(null);
    }

    /**
     * @param patience how long the server may take to begin an answer; null for as long as it takes
     */
    public ApiClient client(@Nullable Duration patience) {
        String text = text();
        if (text == null || text.isBlank()) {
            throw new CommandRefused(
                    "A token is needed: CADASTRE_TOKEN, --token-file FILE or --token TOKEN. The"
                            + " first one is in admin.token in the server's data directory.");
        }
        text = text.strip();
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new CommandRefused("A token has no spaces and no letters beyond ASCII.");
        }
        return new ApiClient(url, text, patience);
    }

    private @Nullable String text() {
        if (token != null) {
            return token;
        }
        if (tokenFile == null) {
            return System.getenv("CADASTRE_TOKEN");
        }
        try (var bytes = Files.newInputStream(tokenFile)) {
            return new String(bytes.readNBytes(LONGEST_TOKEN), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandRefused(
                    "Cannot read the token from " + tokenFile + ": " + e.getMessage(), e);
        }
    }

    /** Reads an address that HTTP can use. */
    static final class Address implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            URI url = URI.create(text);
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawQuery() == null) {
                return url;
            }
            throw new TypeConversionException(
                    "\"" + text + "\" is not an address; write http://127.0.0.1:8080.");
        }
    }
}
