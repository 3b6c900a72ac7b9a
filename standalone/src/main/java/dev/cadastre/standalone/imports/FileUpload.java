package dev.cadastre.standalone.imports;

import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.client.CommandRefused;
import dev.cadastre.standalone.client.Progress;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends one file. The server takes a body no faster than it records it, so what has been sent shows
 * how far the import is.
 */
final class FileUpload {

    private final ApiClient client;
    private final Path file;
    private long sent;

    FileUpload(ApiClient client, Path file) {
        this.client = client;
        this.file = file;
    }

    /** Returns the run as it ended. */
    JsonNode send(String profile, @Nullable String source, boolean dryRun) {
        try {
            long size = Files.size(file);
            Progress progress = new Progress("bytes", size);
            JsonNode run =
                    client.postJson(
                            address(profile, source, dryRun),
                            body(size, progress),
                            "application/x-ndjson");
            progress.end(
                    "%s: %s events in %s changes; %s changes were there already, %s were refused"
                            .formatted(
                                    file.getFileName(),
                                    run.path("events").asString(),
                                    run.path("changes").asString(),
                                    run.path("skipped").asString(),
                                    run.path("rejected").asString()));
            return run;
        } catch (IOException | UncheckedIOException e) {
            throw new CommandRefused("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String address(String profile, @Nullable String source, boolean dryRun) {
        return "/api/v1/imports?profile="
                + ApiClient.encoded(profile)
                + (source == null ? "" : "&source=" + ApiClient.encoded(source))
                + "&dryRun="
                + dryRun;
    }

    private BodyPublisher body(long size, Progress progress) {
        if (size == 0) {
            return BodyPublishers.noBody();
        }
        return BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> open(progress)), size);
    }

    private InputStream open(Progress progress) {
        try {
            return new FileInputStream(file.toFile()) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int count = super.read(bytes, offset, length);
                    if (count > 0) {
                        sent += count;
                        progress.at(sent);
                    }
                    return count;
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
