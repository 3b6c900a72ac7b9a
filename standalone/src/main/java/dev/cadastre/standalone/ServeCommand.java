package dev.cadastre.standalone;

import dev.cadastre.http.config.HttpSettings;
import dev.cadastre.http.outbound.OutboundAddresses;
import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.client.CommandRefused;
import dev.cadastre.standalone.demo.DemoLoader;
import dev.cadastre.standalone.demo.DemoQueries;
import dev.cadastre.standalone.demo.DemoQueries.Query;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server until the process is told to stop. */
@Command(
        name = "serve",
        description =
                "Run the server. Prints \"ready http://ADDRESS:PORT\" when it can answer everything."
                        + " With neither --data nor --no-demo it serves a fictional estate.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    /** Where the log lies. */
    enum Store {
        EMBEDDED,
        MONGODB
    }

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory (default: data/demo, with --no-demo data/register).")
    private @Nullable Path data;

    @Option(
            names = "--trust-dir",
            paramLabel = "DIR",
            description = "Keys and tokens (default: beside the data directory).")
    private @Nullable Path trust;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String bind;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + HttpSettings.DEFAULT_PORT,
            description = "Port to listen on; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--store",
            defaultValue = "EMBEDDED",
            paramLabel = "embedded|mongodb",
            description = "Where the log lies (default: embedded).")
    private Store store;

    @Option(
            names = "--mongodb-uri",
            paramLabel = "URI",
            description =
                    "Connection string of a replica set, with the database's name. Other users of"
                            + " this machine see options: one with a password belongs into the"
                            + " variable CADASTRE_MONGODB_URI, or into the file that"
                            + " CADASTRE_MONGODB_URI_FILE names.")
    private @Nullable String mongodbUri;

    @Option(
            names = "--allow-standalone",
            description =
                    "Take a MongoDB server that is no member of a replica set: for development"
                            + " only, since what it acknowledged can be lost.")
    private boolean allowStandalone;

    @Option(
            names = "--side",
            defaultValue = "BOTH",
            paramLabel = "both|command|query",
            description = "What this process runs (default: both); one side alone on MongoDB only.")
    private Side side;

    @Option(names = "--no-demo", description = "Begin with an empty register.")
    private boolean noDemo;

    @Option(
            names = "--zone",
            defaultValue = "UTC",
            paramLabel = "ZONE",
            description = "Zone in which a bare date is a day (default: ${DEFAULT-VALUE}).")
    private String zone;

    @Option(
            names = "--webhook-allow",
            paramLabel = "NETWORK",
            split = ",",
            description =
                    "Networks that webhooks may go to besides the public internet, for example"
                            + " 10.2.0.0/16 (default: none).")
    private List<String> webhookNetworks = List.of();

    @Override
    public Integer call() throws InterruptedException {
        Storage storage = storage();
        // A database is for a register of an organisation's own: fiction never enters it.
        boolean ownRegister = noDemo || store == Store.MONGODB;
        boolean demo = Directories.isDemo(data, ownRegister);
        ServerSettings settings =
                new ServerSettings(
                        Directories.of(data, trust, ownRegister),
                        HttpSettings.of(bind, port),
                        zone(),
                        demo,
                        outbound(),
                        storage,
                        side);
        CountDownLatch stopped = new CountDownLatch(1);
        String chosenToken = GivenSecret.of("CADASTRE_ADMIN_TOKEN", System.getenv());
        Server server = Server.start(settings, Clock.systemUTC(), chosenToken);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    server.close();
                                    stopped.countDown();
                                },
                                "stop"));
        server.awaitReady();
        Greeting.say(
                server,
                settings,
                chosenToken != null,
                demo ? demoQueries(server, settings) : List.of());
        stopped.await();
        return 0;
    }

    private Storage storage() {
        if (store == Store.MONGODB) {
            String uri =
                    mongodbUri != null
                            ? mongodbUri
                            : GivenSecret.of("CADASTRE_MONGODB_URI", System.getenv());
            if (uri == null || uri.isEmpty()) {
                throw new CommandRefused(
                        "--store mongodb needs --mongodb-uri, or the variable CADASTRE_MONGODB_URI:"
                                + " mongodb://HOST:PORT/DATABASE?replicaSet=NAME.");
            }
            return new Storage.Mongodb(uri, allowStandalone);
        }
        if (side != Side.BOTH) {
            throw new CommandRefused(
                    "One process holds the embedded store, so it runs both sides. Leave out --side,"
                            + " or keep the log in MongoDB with --store mongodb.");
        }
        if (allowStandalone || mongodbUri != null) {
            throw new CommandRefused(
                    "--mongodb-uri and --allow-standalone belong to --store mongodb.");
        }
        return new Storage.Embedded();
    }

    private static List<Query> demoQueries(Server server, ServerSettings settings) {
        Path directory = settings.directories().data();
        return DemoLoader.loaded(directory).orElseGet(() -> load(server, directory)).all();
    }

    private static DemoQueries load(Server server, Path directory) {
        String token = server.administratorToken();
        if (token == null) {
            throw new CommandRefused(
                    "The fictional estate is not all there, and is loaded with the administrator's"
                            + " token, which is gone. Set CADASTRE_ADMIN_TOKEN, or delete "
                            + directory
                            + ".");
        }
        ApiClient client = new ApiClient(server.address(), token);
        return new DemoLoader(client, directory).load(LocalDate.now(ZoneOffset.UTC));
    }

    private OutboundAddresses outbound() {
        try {
            return OutboundAddresses.publicAnd(webhookNetworks);
        } catch (IllegalArgumentException e) {
            throw new CommandRefused("--webhook-allow: " + e.getMessage(), e);
        }
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new CommandRefused(
                    String.format(
                            Locale.ROOT, "There is no zone \"%s\"; write Europe/Berlin.", zone),
                    e);
        }
    }
}
