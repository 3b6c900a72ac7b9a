package dev.cadastre.standalone.imports;

import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.client.CommandRefused;
import dev.cadastre.standalone.client.Console;
import dev.cadastre.standalone.client.Progress;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Sends one file and follows its run until it has ended and its rows can be queried. */
final class FileImport {

    private static final long LOOK_AGAIN_NANOS = 200_000_000L;

    private final ApiClient client;
    private final String profile;
    private final String source;
    private final boolean dryRun;

    FileImport(ApiClient client, String profile, String source, boolean dryRun) {
        this.client = client;
        this.profile = profile;
        this.source = source;
        this.dryRun = dryRun;
    }

    /** Returns whether the whole file was read and nothing was rejected. */
    boolean run(Path file) {
        JsonNode run = follow(send(file));
        Console.result(run.toString());
        return run.path("state").asString("").equals("completed")
                && run.path("rejected").asLong(0) == 0;
    }

    private String send(Path file) {
        String path =
                "/api/v1/imports?profile="
                        + ApiClient.encoded(profile)
                        + "&source="
                        + ApiClient.encoded(source)
                        + (dryRun ? "&dryRun=true" : "");
        String type = file.toString().endsWith(".gz") ? "application/gzip" : "application/x-ndjson";
        try {
            return client.postJson(path, BodyPublishers.ofFile(file), type).path("id").asString("");
        } catch (FileNotFoundException e) {
            throw new CommandRefused("There is no file " + file + ".", e);
        }
    }

    private JsonNode follow(String id) {
        Progress progress = new Progress("lines", 0);
        while (true) {
            JsonNode run = client.getJson("/api/v1/imports/" + ApiClient.encoded(id));
            progress.at(run.path("lines").asLong(0));
            if (!run.path("state").asString("").equals("running")) {
                long position = run.path("position").asLong(-1);
                // Answers only when the view includes the run's last event.
                client.awaitPosition(position);
                progress.end("import " + id);
                return run;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
