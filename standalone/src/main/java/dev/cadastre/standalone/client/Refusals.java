package dev.cadastre.standalone.client;

import dev.cadastre.http.json.HttpJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Says to an operator why there is no answer, and what to do about it. */
final class Refusals {

    private static final int MOST_BYTES = 64 * 1024;
    private static final int UNAUTHORIZED = 401;

    /** Members of a problem that its text already tells, or that are for programs. */
    private static final List<String> TOLD =
            List.of("type", "title", "status", "detail", "instance", "parameter", "pointer");

    private Refusals() {}

    /** The server answered, and refused. */
    static CommandRefused of(HttpResponse<InputStream> response) throws IOException {
        byte[] body;
        try (InputStream stream = response.body()) {
            body = stream.readNBytes(MOST_BYTES);
        }
        int status = response.statusCode();
        if (status < 400) {
            return new CommandRefused(
                    "The server sends callers elsewhere ("
                            + status
                            + response.headers()
                                    .firstValue("Location")
                                    .map(location -> ", to " + location)
                                    .orElse("")
                            + "). Name its own address with --url.");
        }
        try {
            JsonNode problem = HttpJson.mapper().readTree(body);
            if (problem.isObject() && problem.has("title")) {
                return new CommandRefused(words(status, problem), status);
            }
        } catch (JacksonException notAProblem) {
            // Another server's words, told below.
        }
        return new CommandRefused(
                "The server refused (%d), and not as Cadastre does: is --url the right address?%n%s"
                        .formatted(status, firstLine(body)),
                status);
    }

    private static String words(int status, JsonNode problem) {
        StringBuilder words = new StringBuilder(256);
        words.append("The server refused (").append(status).append("): ");
        words.append(problem.path("title").asString("")).append('.');
        String detail = problem.path("detail").asString("");
        if (!detail.isEmpty()) {
            words.append("\n  ").append(detail);
        }
        line(words, "parameter", problem.path("parameter"));
        line(words, "field", problem.path("pointer"));
        problem.properties().stream()
                .filter(member -> !TOLD.contains(member.getKey()))
                .forEach(member -> line(words, member.getKey(), member.getValue()));
        if (status == UNAUTHORIZED) {
            words.append(
                    "\n  Tokens come from --token-file, --token or CADASTRE_TOKEN; \"cadastre token"
                            + " create\" makes one.");
        }
        return words.toString();
    }

    private static void line(StringBuilder words, String name, JsonNode value) {
        if (!value.isMissingNode()) {
            words.append("\n  ").append(name).append(": ");
            words.append(value.isString() ? value.stringValue() : value.toString());
        }
    }

    private static String firstLine(byte[] body) {
        return new String(body, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The server did not answer. */
    static CommandRefused of(URI url, IOException failure) {
        String why =
                switch (failure) {
                    case HttpConnectTimeoutException _ ->
                            "Nothing answers at "
                                    + url
                                    + ": the connection was not made in time. Is the host up, and"
                                    + " does a firewall let you through?";
                    case HttpTimeoutException _ ->
                            "The server at "
                                    + url
                                    + " did not begin to answer in time. Ask again, ask for less,"
                                    + " or allow it longer with --timeout.";
                    case ConnectException _ ->
                            "No server answers at "
                                    + url
                                    + reason(failure)
                                    + ". Start one with \"cadastre serve\", or name another with"
                                    + " --url.";
                    case SSLException _ ->
                            "No TLS connection to "
                                    + url
                                    + reason(failure)
                                    + ". Is it an https address, and does Java trust its"
                                    + " certificate? CADASTRE_JAVA_OPTS can name a trust store:"
                                    + " -Djavax.net.ssl.trustStore=FILE.";
                    default ->
                            "No answer from "
                                    + url
                                    + reason(failure)
                                    + ". Is it the address of a Cadastre server, http or https as"
                                    + " it is served?";
                };
        return new CommandRefused(why, failure);
    }

    private static String reason(IOException failure) {
        Throwable cause = failure;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null
                ? cause instanceof java.nio.channels.UnresolvedAddressException
                        ? " (the host is not known)"
                        : ""
                : " (" + cause.getMessage() + ")";
    }
}
