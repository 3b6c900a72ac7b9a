package dev.cadastre.http.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.http.access.Caller;
import dev.cadastre.http.access.Right;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.access.TokenStore;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.limits.NettyLimits;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The whole server over a real socket, with a handful of routes. */
class HttpConfigurationTest {

    record Thing(String name, int cores, boolean spare) {}

    @Configuration(proxyBeanMethods = false)
    @Import(HttpConfiguration.class)
    static class Server {

        @Bean
        RouterFunction<ServerResponse> routes(BlockingWork work) {
            return RouterFunctions.route()
                    .GET(
                            "/api/v1/things/{id}",
                            request ->
                                    ServerResponse.ok()
                                            .bodyValue(
                                                    Map.of(
                                                            "id",
                                                            request.pathVariable("id"),
                                                            "principal",
                                                            Caller.of(request).principal())))
                    .POST(
                            "/api/v1/things",
                            request ->
                                    request.bodyToMono(Thing.class)
                                            .flatMap(thing -> work.call(thing::name))
                                            .flatMap(name -> ServerResponse.ok().bodyValue(name)))
                    .POST("/api/v1/imports", request -> ServerResponse.accepted().build())
                    .GET(
                            "/api/v1/broken",
                            request -> Mono.error(new IllegalStateException("secret detail")))
                    .GET(
                            "/api/v1/busy",
                            request ->
                                    Mono.error(
                                            new ProblemException(
                                                            ProblemType.UNAVAILABLE,
                                                            "The disk is full.")
                                                    .retryAfter(Duration.ofMillis(1_500))))
                    .GET(
                            "/api/v1/database-away",
                            request ->
                                    Mono.error(
                                            new ProblemException(
                                                            ProblemType.UNAVAILABLE,
                                                            "The database is away.",
                                                            new SocketException(
                                                                    "Connection reset by peer"))
                                                    .retryAfter(Duration.ofSeconds(5))))
                    .GET("/actuator/health", request -> ServerResponse.ok().bodyValue("up"))
                    .build();
        }
    }

    @TempDir static Path trust;

    private static ReactiveWebServerApplicationContext context;
    private static int port;
    private static TokenStore tokens;
    private static String administrator;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        tokens = TokenStore.open(trust, Clock.systemUTC());
        administrator =
                tokens.create("admin", "admin-1", Set.of(Role.ADMINISTRATOR), Set.<Right>of())
                        .text();
        context =
                (ReactiveWebServerApplicationContext)
                        new SpringApplicationBuilder(Server.class)
                                .web(WebApplicationType.REACTIVE)
                                .initializers(
                                        application -> {
                                            var beans = application.getBeanFactory();
                                            beans.registerSingleton("tokens", tokens);
                                            beans.registerSingleton(
                                                    "settings",
                                                    new HttpSettings(
                                                            "127.0.0.1",
                                                            0,
                                                            1_024,
                                                            64,
                                                            Duration.ofMinutes(1)));
                                        })
                                .run();
        port = context.getWebServer().getPort();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @ParameterizedTest
    @CsvSource({
        "a%2Fb, a/b",
        "100%25, 100%",
        "a%3Bb;c, a;b;c",
        "a%5Cb, a\\b",
        "%C3%A4%E2%82%AC%F0%9F%9A%80, ä€🚀",
        "%2F%2F, //",
        "a%2E%2E%2Fb, a../b",
        "a+b, a+b",
    })
    void any_character_of_an_id_gets_through(String path, String id) throws Exception {
        var response = get("/api/v1/things/" + path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("id").asString()).isEqualTo(id);
    }

    @Test
    void a_request_line_of_three_hundred_encoded_characters_gets_through() throws Exception {
        var response = get("/api/v1/things/" + "%F0%9F%9A%80".repeat(300));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("id").asString()).isEqualTo("🚀".repeat(300));
    }

    @Test
    void the_caller_is_known_to_the_handler() throws Exception {
        assertThat(json(get("/api/v1/things/x")).get("principal").asString()).isEqualTo("admin-1");
    }

    @Test
    void without_a_token_the_answer_says_how_to_send_one() throws Exception {
        var response = send(request("/api/v1/things/x").GET().build());

        assertProblem(response, 401, "unauthenticated");
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer realm=\"cadastre\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Basic YTpi", "x"})
    void a_wrong_token_is_refused(String authorization) throws Exception {
        var response =
                send(
                        request("/api/v1/things/x")
                                .header("Authorization", authorization)
                                .GET()
                                .build());

        assertProblem(response, 401, "unauthenticated");
    }

    @Test
    void a_reader_reads_and_sends_no_command() throws Exception {
        String reader = tokens.create("r", null, Set.of(Role.READER), Set.of()).text();

        assertThat(send(request("/api/v1/things/x", reader).GET().build()).statusCode())
                .isEqualTo(200);
        assertProblem(
                send(request("/api/v1/things", reader).POST(body("{}")).build()), 403, "forbidden");
    }

    @Test
    void an_import_needs_an_importer_however_its_path_is_written() throws Exception {
        String operator = tokens.create("o", null, Set.of(Role.OPERATOR), Set.of()).text();
        String importer = tokens.create("i", null, Set.of(Role.IMPORTER), Set.of()).text();

        for (String path : new String[] {"/api/v1/imports", "/api/v1/%69mports"}) {
            assertProblem(send(request(path, operator).POST(body("")).build()), 403, "forbidden");
            assertThat(send(request(path, importer).POST(body("")).build()).statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void health_is_open() throws Exception {
        assertThat(send(request("/actuator/health").GET().build()).statusCode()).isEqualTo(200);
    }

    @Test
    void an_unknown_address_is_not_found() throws Exception {
        assertProblem(get("/api/v1/nowhere"), 404, "not-found");
    }

    @Test
    void a_method_that_no_route_knows_is_told_apart_from_an_unknown_address() throws Exception {
        var response = send(request("/api/v1/things/x", administrator).DELETE().build());

        assertProblem(response, 405, "method-not-allowed");
        assertThat(response.headers().firstValue("Allow")).hasValue("GET,HEAD");
    }

    @Test
    void head_is_get_without_a_body() throws Exception {
        var response = send(request("/api/v1/things/x", administrator).HEAD().build());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"a\",\"cores\":1,\"spare\":false,\"colour\":1} | invalid | /colour",
                "{\"name\":\"a\",\"cores\":\"1\",\"spare\":false} | invalid | /cores",
                "{\"name\":\"a\",\"cores\":1.5,\"spare\":false} | invalid | /cores",
                "{\"name\":[],\"cores\":1,\"spare\":false} | invalid | /name",
                "{\"name\":\"a\",\"cores\":99999999999,\"spare\":false} | invalid | /cores",
                "{\"name\":\"a\" | malformed |",
                "{\"name\":\"a\",\"name\":\"b\"} | malformed |",
                "{\"name\":\"a\",\"cores\":1,\"spare\":false} {} | invalid |",
                "[1] | invalid |",
                "{name:1} | malformed |",
                "' ' | invalid |"
            })
    void bad_json_is_refused_with_a_pointer(String json, String type, String pointer)
            throws Exception {
        var response = post("/api/v1/things", json);

        assertProblem(response, 400, type);
        if (pointer != null) {
            assertThat(json(response).get("pointer").asString()).isEqualTo(pointer);
        }
    }

    @Test
    void a_body_that_is_no_json_type_is_refused() throws Exception {
        var response =
                send(
                        request("/api/v1/things", administrator)
                                .setHeader("Content-Type", "text/plain")
                                .POST(body("x"))
                                .build());

        assertProblem(response, 415, "unsupported-media-type");
    }

    @Test
    void a_content_type_that_is_none_is_refused() throws Exception {
        var response =
                send(
                        request("/api/v1/things", administrator)
                                .setHeader("Content-Type", "nonsense")
                                .POST(body("{}"))
                                .build());

        assertThat(response.statusCode()).isBetween(400, 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/things/%zz", "/api/v1/things/a^b", "/api/v1/things?a=%z"})
    void a_malformed_address_gets_a_problem(String path) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("malformed");
    }

    @Test
    void a_body_over_the_limit_is_refused() throws Exception {
        assertProblem(
                post("/api/v1/things", "{\"name\":\"" + "a".repeat(2_000) + "\"}"),
                413,
                "too-large");
    }

    @Test
    void a_failure_of_the_server_tells_nothing_of_its_inside() throws Exception {
        var response = get("/api/v1/broken");

        assertProblem(response, 500, "internal");
        assertThat(response.body()).doesNotContain("secret", "Exception", "java");
        assertThat(json(response).get("instance").asString()).startsWith("urn:uuid:");
    }

    @Test
    void a_passing_failure_says_when_to_come_back() throws Exception {
        var response = get("/api/v1/busy");

        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("2");
    }

    @Test
    void a_database_that_hangs_up_is_not_taken_for_the_client() throws Exception {
        var response = get("/api/v1/database-away");

        assertProblem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 404",
        "127.0.0.1:1, 404",
        "[::1]:8080, 404",
        "evil.example, 421",
        "localhost.evil.example:80, 421"
    })
    void on_loopback_only_its_own_names_are_served(String host, int status) throws Exception {
        String answer =
                raw(
                        "GET /nowhere HTTP/1.1\r\nHost: "
                                + host
                                + "\r\nAuthorization: Bearer "
                                + administrator
                                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void an_overlong_request_line_gets_a_problem() throws Exception {
        String answer =
                raw(
                        "GET /"
                                + "a".repeat(NettyLimits.REQUEST_LINE)
                                + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 414").contains("request-line-too-long");
    }

    @Test
    void overlong_headers_get_a_problem() throws Exception {
        String answer =
                raw(
                        "GET / HTTP/1.1\r\nHost: localhost\r\nX: "
                                + "a".repeat(NettyLimits.HEADERS)
                                + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 431").contains("headers-too-large");
    }

    @Test
    void what_is_no_http_gets_a_problem() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nbad header\u0000\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("malformed");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String slug) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("type").asString()).endsWith("/problems/" + slug);
        assertThat(problem.get("detail").asString()).isNotBlank();
    }

    private static JsonNode json(HttpResponse<String> response) {
        return HttpJson.mapper().readTree(response.body());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(request(path, administrator).GET().build());
    }

    private static HttpResponse<String> post(String path, String json) throws Exception {
        return send(request(path, administrator).POST(body(json)).build());
    }

    private static HttpRequest.BodyPublisher body(String json) {
        return HttpRequest.BodyPublishers.ofString(json);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpRequest.Builder request(String path, String token) {
        return request(path)
                .header("Authorization", "Bearer " + token)
                .setHeader("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            try (InputStream answer = socket.getInputStream()) {
                return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
