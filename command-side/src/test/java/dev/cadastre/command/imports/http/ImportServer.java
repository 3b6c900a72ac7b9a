package dev.cadastre.command.imports.http;

import dev.cadastre.command.config.CommandSideConfiguration;
import dev.cadastre.eventstore.config.DataDirectories;
import dev.cadastre.eventstore.config.EmbeddedLog;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.http.access.Right;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.access.TokenStore;
import dev.cadastre.http.config.HttpConfiguration;
import dev.cadastre.http.config.HttpSettings;
import dev.cadastre.http.json.HttpJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

/** The command side with its HTTP over a real socket and a real log in a directory. */
final class ImportServer implements AutoCloseable {

    @Configuration(proxyBeanMethods = false)
    @Import({HttpConfiguration.class, CommandSideConfiguration.class})
    static class Application {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final EventLog log;
    private final ReactiveWebServerApplicationContext context;
    private final String importer;
    private final String operator;

    ImportServer(Path directory) {
        DataDirectories directories = DataDirectories.of(directory.resolve("data"));
        log = EmbeddedLog.open(directories.data(), Clock.systemUTC());
        TokenStore tokens = TokenStore.open(directories.trust(), Clock.systemUTC());
        importer =
                tokens.create("importer", "importer-1", Set.of(Role.IMPORTER), Set.<Right>of())
                        .text();
        operator =
                tokens.create("operator", "operator-1", Set.of(Role.OPERATOR), Set.<Right>of())
                        .text();
        context =
                (ReactiveWebServerApplicationContext)
                        new SpringApplicationBuilder(Application.class)
                                .web(WebApplicationType.REACTIVE)
                                .initializers(
                                        application -> {
                                            var beans = application.getBeanFactory();
                                            beans.registerSingleton("tokens", tokens);
                                            beans.registerSingleton("log", log);
                                            beans.registerSingleton("clock", Clock.systemUTC());
                                            beans.registerSingleton("directories", directories);
                                            beans.registerSingleton(
                                                    "zone", (ZoneId) ZoneOffset.UTC);
                                            beans.registerSingleton(
                                                    "settings", HttpSettings.of("127.0.0.1", 0));
                                        })
                                .run();
    }

    /** A run, or the problem that the server answered with. */
    record Answer(int status, String location, JsonNode body) {

        JsonNode run() {
            return body.has("run") ? body.get("run") : body;
        }

        long count(String name) {
            return run().get(name).asLong();
        }
    }

    EventLog log() {
        return log;
    }

    int port() {
        return context.getWebServer().getPort();
    }

    String token() {
        return importer;
    }

    Answer send(String parameters, byte[] body) throws IOException, InterruptedException {
        return answer(
                request("/api/v1/imports?profile=history" + parameters, importer)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer send(String lines) throws IOException, InterruptedException {
        return send("", lines.getBytes(StandardCharsets.UTF_8));
    }

    Answer get(String path) throws IOException, InterruptedException {
        return answer(request(path, importer));
    }

    String text(String path, String accept) throws IOException, InterruptedException {
        return http.send(
                        request(path, importer).header("Accept", accept).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    Answer command(String method, String path, String json)
            throws IOException, InterruptedException {
        return answer(
                request(path, operator)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Location").orElse(""),
                HttpJson.mapper().readTree(response.body()));
    }

    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        context.close();
        log.close();
    }
}
