package dev.cadastre.standalone;

import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.access.TokenStore;
import dev.cadastre.http.config.HttpSettings;
import dev.cadastre.http.outbound.OutboundAddresses;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
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
        return start(directory, clock, OutboundAddresses.PUBLIC);
    }

    /** One whose webhooks may go to this machine as well. */
    public static TestServer startSendingHere(Path directory) {
        return start(
                directory, Clock.systemUTC(), OutboundAddresses.publicAnd(List.of("127.0.0.0/8")));
    }

    private static TestServer start(Path directory, Clock clock, OutboundAddresses outbound) {
        return start(directories(directory), clock, outbound, new Storage.Embedded(), Side.BOTH);
    }

    /** One whose log lies in a database. */
    static TestServer start(DataDirectories directories, Storage storage) {
        return start(directories, storage, Side.BOTH);
    }

    /** One whose log lies in a database, and whose webhooks may go to this machine as well. */
    static TestServer startSendingHere(DataDirectories directories, Storage storage) {
        return start(
                directories,
                Clock.systemUTC(),
                OutboundAddresses.publicAnd(List.of("127.0.0.0/8")),
                storage,
                Side.BOTH);
    }

    /** One whose log lies in a database, and that runs these sides. */
    static TestServer start(DataDirectories directories, Storage storage, Side side) {
        return start(directories, Clock.systemUTC(), OutboundAddresses.PUBLIC, storage, side);
    }

    private static TestServer start(
            DataDirectories directories,
            Clock clock,
            OutboundAddresses outbound,
            Storage storage,
            Side side) {
        Server server =
                Server.start(
                        new ServerSettings(
                                directories,
                                HttpSettings.of("127.0.0.1", 0),
                                ZoneOffset.UTC,
                                false,
                                outbound,
                                storage,
                                side),
                        clock,
                        TOKEN);
        server.awaitReady();
        return new TestServer(server);
    }

    /** Where a server that is started on a directory keeps its state. */
    public static DataDirectories directories(Path directory) {
        return DataDirectories.of(directory.resolve("data"));
    }

    public URI address() {
        return server.address();
    }

    /** Makes another token. */
    public String token(Role role) {
        return server.context()
                .getBean(TokenStore.class)
                .create(role.name(), role.name(), Set.of(role), Set.of())
                .text();
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
