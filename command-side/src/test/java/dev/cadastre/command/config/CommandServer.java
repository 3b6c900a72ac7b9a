package dev.cadastre.command.config;

import dev.cadastre.command.shared.Commands;
import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.http.access.Right;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.access.TokenStore;
import dev.cadastre.http.config.HttpConfiguration;
import dev.cadastre.http.config.HttpSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command side over a real socket on a real log, with tokens of several roles. */
public final class CommandServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Configuration(proxyBeanMethods = false)
    @Import({HttpConfiguration.class, CommandSideConfiguration.class})
    static class Wiring {}

    /** An answer, its body read. */
    public record Reply(int status, JsonNode body, HttpResponse<byte[]> response) {
        public String header(String name) {
            return response.headers().firstValue(name).orElseThrow();
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final EventLog log;
    private final ReactiveWebServerApplicationContext context;
    private final TokenStore tokens;
    private final String administrator;

    private CommandServer(
            EventLog log, ReactiveWebServerApplicationContext context, TokenStore tokens) {
        this.log = log;
        this.context = context;
        this.tokens = tokens;
        this.administrator = token("administrator", Set.of(Role.ADMINISTRATOR), Set.of());
    }

    public static CommandServer start(Path directory) {
        DataDirectories directories = DataDirectories.of(directory.resolve("data"));
        EventLog log = EmbeddedLog.open(directories.data(), Clock.systemUTC());
        TokenStore tokens = TokenStore.open(directories.trust(), Clock.systemUTC());
        var context =
                (ReactiveWebServerApplicationContext)
                        new SpringApplicationBuilder(Wiring.class)
                                .web(WebApplicationType.REACTIVE)
                                .properties(
                                        "logging.level.root=warn", "spring.main.banner-mode=off")
                                .initializers(
                                        application -> {
                                            var beans = application.getBeanFactory();
                                            beans.registerSingleton("log", log);
                                            beans.registerSingleton("tokens", tokens);
                                            beans.registerSingleton("directories", directories);
                                            beans.registerSingleton(
                                                    "zone", ZoneId.from(ZoneOffset.UTC));
                                            beans.registerSingleton("clock", Clock.systemUTC());
                                            beans.registerSingleton(
                                                    "settings", HttpSettings.of("127.0.0.1", 0));
                                        })
                                .run();
        return new CommandServer(log, context, tokens);
    }

    public EventLog log() {
        return log;
    }

    public Commands commands() {
        return context.getBean(Commands.class);
    }

    public String token(String principal, Set<Role> roles, Set<Right> rights) {
        return tokens.create(principal, principal, roles, rights).text();
    }

    /** Sends a command as the administrator. */
    public Reply send(String method, String path, @Nullable String body, String... headers) {
        return sendAs(administrator, method, path, body, headers);
    }

    public Reply sendAs(
            String token, String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + context.getWebServer().getPort()
                                                + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + token)
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(
                    response.statusCode(),
                    response.body().length == 0
                            ? JSON.createObjectNode()
                            : JSON.readTree(response.body()),
                    response);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        log.close();
        client.close();
    }
}
