package dev.cadastre.query.histories;

import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.access.TokenStore;
import dev.cadastre.http.config.HttpConfiguration;
import dev.cadastre.http.config.HttpSettings;
import dev.cadastre.http.config.Readiness;
import dev.cadastre.query.config.QuerySideConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Set;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The query side over a real socket and a real log, which facts are recorded in directly. */
public final class QueryServer implements AutoCloseable {

    @Configuration(proxyBeanMethods = false)
    @Import({HttpConfiguration.class, QuerySideConfiguration.class})
    static class Application {}

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Recorded recorded;
    private final ReactiveWebServerApplicationContext context;
    private final String token;
    private final HttpClient client = HttpClient.newHttpClient();

    private QueryServer(
            Recorded recorded, ReactiveWebServerApplicationContext context, String token) {
        this.recorded = recorded;
        this.context = context;
        this.token = token;
    }

    /** Starts over the log of {@code directory/data}; what is there stays. */
    public static QueryServer start(Path directory, Clock clock, ZoneId zone) {
        return start(directory, clock, zone, HttpSettings.of("127.0.0.1", 0));
    }

    /** Starts with other limits. */
    public static QueryServer start(
            Path directory, Clock clock, ZoneId zone, HttpSettings settings) {
        DataDirectories directories = DataDirectories.of(directory.resolve("data"));
        Recorded recorded = Recorded.in(directories.data(), clock);
        TokenStore tokens = TokenStore.open(directories.trust(), clock);
        String token =
                tokens.create(
                                "reader-" + System.nanoTime(),
                                "reader",
                                Set.of(Role.READER),
                                Set.of())
                        .text();
        ReactiveWebServerApplicationContext context =
                (ReactiveWebServerApplicationContext)
                        new SpringApplicationBuilder(Application.class)
                                .web(WebApplicationType.REACTIVE)
                                .bannerMode(Banner.Mode.OFF)
                                .initializers(
                                        application -> {
                                            var beans = application.getBeanFactory();
                                            beans.registerSingleton("eventLog", recorded.log());
                                            beans.registerSingleton("tokenStore", tokens);
                                            beans.registerSingleton("clock", clock);
                                            beans.registerSingleton("zone", zone);
                                            beans.registerSingleton("directories", directories);
                                            beans.registerSingleton("settings", settings);
                                        })
                                .run();
        context.getBean(Readiness.class).ready().join();
        return new QueryServer(recorded, context, token);
    }

    /** Records facts; queries see them once they ask with {@code Min-Log-Position}. */
    public Recorded recorded() {
        return recorded;
    }

    public int port() {
        return context.getWebServer().getPort();
    }

    /** The token of a reader. */
    public String token() {
        return token;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /**
     * Asks, and waits for all that was recorded before.
     *
     * @param path with its query, percent-encoded
     * @param headers names and values in turn
     */
    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    /** Asks like {@link #get}, but for the headers of the answer only. */
    public HttpResponse<String> head(String path, String... headers) {
        return send("HEAD", path, headers);
    }

    private HttpResponse<String> send(String method, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + context.getWebServer().getPort()
                                                + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header("Authorization", "Bearer " + token)
                        .header(
                                "Min-Log-Position",
                                Long.toString(recorded.log().head().size() - 1));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return client.send(
                    request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The body of an answer, as JSON. */
    public JsonNode json(String path, String... headers) {
        return MAPPER.readTree(get(path, headers).body());
    }

    @Override
    public void close() {
        context.close();
        recorded.close();
    }
}
