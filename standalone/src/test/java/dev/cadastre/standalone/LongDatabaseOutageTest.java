package dev.cadastre.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.mongodb.FaultyConnection;
import dev.cadastre.eventstore.mongodb.FaultyConnection.Fault;
import dev.cadastre.eventstore.mongodb.MongoServers;
import dev.cadastre.eventstore.mongodb.TestServer.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The database is away for as long as it takes somebody to come and look. */
@Tag("exhaustive")
@ExtendWith(OutputCaptureExtension.class)
class LongDatabaseOutageTest {

    private static final Duration LENGTH = Duration.ofMinutes(10);

    /** As many as somebody who looks at the log afterwards reads. */
    private static final long RECORDS = 20;

    @TempDir Path directory;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void ten_minutes_are_outlived_as_a_moment_is(CapturedOutput output) throws Exception {
        try (var mongodb = MongoServers.emulator();
                TestDatabase database = mongodb.freshDatabase();
                FaultyConnection network = new FaultyConnection(database.uri());
                TestServer server = start("server", network.uri(), Side.BOTH);
                TestServer other = start("other", database.uri(), Side.COMMAND)) {
            OutageClient client = new OutageClient(server.address());
            OutageClient elsewhere = new OutageClient(other.address());
            long first = client.position(client.register("before", "key-before"));
            try (OutageClient.EventStream stream = client.stream("events?after=" + (first - 1));
                    OutageClient.EventStream live = client.stream("live?view=assets&fields=id")) {
                assertThat(stream.next()).isEqualTo(first);
                live.await("before");

                network.set(Fault.DOWN);
                Instant away = Instant.now();
                client.awaitHealth(health -> !health.path("writable").asBoolean());
                long recordsBefore = records(output);
                elsewhere.position(elsewhere.register("meanwhile", "key-meanwhile"));
                while (Instant.now().isBefore(away.plus(LENGTH))) {
                    assertGoesOn(client, away);
                    stream.awaitHeartbeat();
                    live.awaitHeartbeat();
                }
                assertThat(records(output) - recordsBefore)
                        .as(output.toString())
                        .isLessThan(RECORDS);

                network.set(Fault.NONE);
                Instant back = Instant.now();
                client.awaitHealth(health -> health.path("writable").asBoolean());
                assertThat(Duration.between(back, Instant.now())).isLessThan(Duration.ofSeconds(5));
                long last = client.position(client.register("after", "key-after"));
                for (long next = first + 1; next <= last; next++) {
                    assertThat(stream.next()).isEqualTo(next);
                }
                live.await("meanwhile");
                HttpResponse<String> refused = client.register("refused", "key-refused");
                assertThat(client.timelineLength("refused", refused)).isEqualTo(1);
            }
        }
    }

    private static void assertGoesOn(OutageClient client, Instant away) {
        HttpResponse<String> known = client.get("/api/v1/assets");
        assertThat(known.statusCode()).as(known.body()).isEqualTo(200);
        assertThat(known.body()).contains("before");
        assertThat(Instant.parse(known.headers().firstValue("Log-Heard").orElseThrow()))
                .isBefore(away.plusSeconds(1));
        HttpResponse<String> refused = client.register("refused", "key-refused");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    /** What was logged, besides the refusals that the test asks for. */
    private static long records(CapturedOutput output) {
        return output.toString()
                .lines()
                .filter(line -> line.startsWith("20") && !line.contains("ProblemHandler"))
                .count();
    }

    private TestServer start(String name, String uri, Side side) {
        return TestServer.start(
                TestServer.directories(directory.resolve(name)),
                new Storage.Mongodb(uri, true),
                side);
    }
}
