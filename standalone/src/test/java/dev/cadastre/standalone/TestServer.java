package dev.cadastre.standalone;

import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.http.config.HttpSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.SortedSet;
import org.springframework.core.ResolvableType;
import org.springframework.web.reactive.function.server.RouterFunction;

/** A whole server in this process, on a free port. */
public final class TestServer implements AutoCloseable {

    /** The administrator's. */
    public static final String TOKEN = "a-token-that-the-operator-chose-for-this-test";

    private final Server server;

    private TestServer(Server server) {
        this.server = server;
    }

    /** Starts one on an empty or an old directory; on return it can answer everything. */
    public static TestServer start(Path directory) {
        return start(directory, Clock.systemUTC());
    }

    /** The same, with a clock that the test has in its hands. */
    public static TestServer start(Path directory, Clock clock) {
        Server server =
                Server.start(
                        new ServerSettings(
                                DataDirectories.of(directory.resolve("data")),
                                HttpSettings.of("127.0.0.1", 0),
                                ZoneOffset.UTC,
                                false),
                        clock,
                        TOKEN);
        server.awaitReady();
        return new TestServer(server);
    }

    public URI address() {
        return server.address();
    }

    /** Every address that is served, as {@code GET /api/v1/cis/{id}}. */
    public SortedSet<String> operations() {
        RoutedOperations operations = new RoutedOperations();
        server.context()
                .getBeanProvider(ResolvableType.forRawClass(RouterFunction.class))
                .forEach(routes -> ((RouterFunction<?>) routes).accept(operations));
        return operations.all();
    }

    @Override
    public void close() {
        server.close();
    }
}
