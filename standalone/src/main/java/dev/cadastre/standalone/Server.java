package dev.cadastre.standalone;

import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.http.access.AdministratorToken;
import dev.cadastre.http.access.TokenStore;
import dev.cadastre.http.config.HttpSettings;
import dev.cadastre.http.config.Readiness;
import dev.cadastre.query.config.QueryStores;
import dev.cadastre.query.versions.store.VersionStoreException;
import dev.cadastre.standalone.client.CommandRefused;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A running server: the log, one side or both over it, and the web server. */
final class Server implements AutoCloseable {

    private final EventLog log;
    private final @Nullable QueryStores stores;
    private final ReactiveWebServerApplicationContext context;
    private final HttpSettings http;
    private final @Nullable String administratorToken;

    private Server(
            EventLog log,
            @Nullable QueryStores stores,
            ReactiveWebServerApplicationContext context,
            HttpSettings http,
            @Nullable String administratorToken) {
        this.log = log;
        this.stores = stores;
        this.context = context;
        this.http = http;
        this.administratorToken = administratorToken;
    }

    /**
     * Starts a server; on return it answers, though perhaps not yet everything.
     *
     * @param chosenToken the administrator's token if the operator chose one
     * @throws CommandRefused if the directory or the port is taken, or cannot be used, or if the
     *     database is away: whoever starts the process starts it again
     */
    static Server start(ServerSettings settings, Clock clock, @Nullable String chosenToken) {
        DataDirectories directories = settings.directories();
        EventLog log = null;
        QueryStores stores = null;
        try {
            log = settings.storage().openLog(directories, clock);
            stores = settings.side() == Side.COMMAND ? null : settings.storage().openStores();
            TokenStore tokens = TokenStore.open(directories.trust(), clock);
            String token = AdministratorToken.ensure(tokens, directories.data(), chosenToken);
            return new Server(
                    log, stores, run(settings, log, stores, tokens, clock), settings.http(), token);
        } catch (RuntimeException e) {
            close(log, stores);
            throw refusalOf(e, settings.http());
        }
    }

    private static ReactiveWebServerApplicationContext run(
            ServerSettings settings,
            EventLog log,
            @Nullable QueryStores stores,
            TokenStore tokens,
            Clock clock) {
        SpringApplication application = new SpringApplication(ServerConfiguration.class);
        application.addPrimarySources(settings.side().configurations());
        application.setWebApplicationType(WebApplicationType.REACTIVE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(
                Map.of(
                        "spring.main.allow-bean-definition-overriding", "false",
                        "spring.lifecycle.timeout-per-shutdown-phase", "5s"));
        application.addInitializers(
                context -> {
                    var beans = context.getBeanFactory();
                    beans.registerSingleton("eventLog", log);
                    beans.registerSingleton("tokenStore", tokens);
                    beans.registerSingleton("clock", clock);
                    beans.registerSingleton("dataDirectories", settings.directories());
                    beans.registerSingleton("httpSettings", settings.http());
                    beans.registerSingleton("zone", settings.zone());
                    beans.registerSingleton("outboundAddresses", settings.outbound());
                    if (stores != null) {
                        beans.registerSingleton("queryStores", stores);
                    }
                    if (settings.demo()) {
                        beans.registerSingleton("demoNotice", new DemoNotice());
                    }
                });
        return (ReactiveWebServerApplicationContext) application.run();
    }

    /** Waits until every part can answer everything. */
    void awaitReady() {
        context.getBeanProvider(Readiness.class).stream()
                .forEach(
                        part -> {
                            try {
                                part.ready().join();
                            } catch (CompletionException e) {
                                throw new CommandRefused(
                                        "The server cannot answer: " + e.getCause().getMessage(),
                                        e);
                            }
                        });
    }

    /** Where it listens. */
    URI address() {
        String host = http.bindAddress();
        return URI.create(
                "http://"
                        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
                        + ":"
                        + context.getWebServer().getPort());
    }

    /** The administrator's token, or null where it is no longer known. */
    @Nullable String administratorToken() {
        return administratorToken;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /** Ends what is under way, then closes the log. */
    @Override
    public void close() {
        try {
            context.close();
        } finally {
            close(log, stores);
        }
    }

    private static void close(@Nullable EventLog log, @Nullable QueryStores stores) {
        try {
            if (log != null) {
                log.close();
            }
        } finally {
            if (stores != null) {
                stores.close();
            }
        }
    }

    private static RuntimeException refusalOf(RuntimeException failure, HttpSettings http) {
        if (failure instanceof IllegalArgumentException
                || failure instanceof LogException.CannotOpen
                || failure instanceof LogException.Unavailable
                || failure instanceof VersionStoreException) {
            return new CommandRefused(failure.getMessage(), failure);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException) {
                return new CommandRefused(
                        "Port "
                                + http.port()
                                + " of "
                                + http.bindAddress()
                                + " is taken. Choose another with --port; 0 picks a free one.",
                        failure);
            }
        }
        return failure;
    }
}
