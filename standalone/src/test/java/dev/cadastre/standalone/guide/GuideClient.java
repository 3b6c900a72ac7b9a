package dev.cadastre.standalone.guide;

import dev.cadastre.http.json.HttpJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Sends requests as pages write them: method and path, then headers, an empty line, and the body.
 * Each sees what the one before it recorded.
 */
final class GuideClient implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final String token;
    private final Map<String, String> ids = new LinkedHashMap<>();
    private String position = "-1";

    GuideClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    record Answer(int status, String body) {
        JsonNode json() {
            return HttpJson.mapper().readTree(body);
        }
    }

    Answer send(String shown) throws Exception {
        String text = real(shown);
        int end = text.indexOf("\n\n");
        List<String> head = (end < 0 ? text : text.substring(0, end)).lines().toList();
        String body = end < 0 ? "" : text.substring(end + 2);
        String[] line = head.getFirst().split(" ", 2);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + line[1]))
                        .header("Authorization", "Bearer " + token)
                        .method(line[0], HttpRequest.BodyPublishers.ofString(body));
        if (line[0].equals("GET")) {
            request.header("Min-Log-Position", position);
        } else {
            request.header("Content-Type", "application/json");
        }
        for (String header : head.subList(1, head.size())) {
            String[] parts = header.split(": ", 2);
            request.header(parts[0], parts[1]);
        }
        HttpResponse<String> answer =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (!line[0].equals("GET")) {
            position = answer.headers().firstValue("Log-Position").orElse(position);
        }
        return new Answer(answer.statusCode(), answer.body());
    }

    /** What the server makes up, such as the id of a person, is another one on the page. */
    void learn(JsonNode shown, JsonNode answered) {
        String id = shown.path("id").asString("");
        if (id.startsWith("person-")) {
            ids.put(id, answered.path("id").asString());
        }
    }

    String real(String text) {
        String real = text;
        for (var id : ids.entrySet()) {
            real = real.replace(id.getKey(), id.getValue());
        }
        return real;
    }

    JsonNode real(JsonNode json) {
        return HttpJson.mapper().readTree(real(json.toString()));
    }

    @Override
    public void close() {
        http.close();
    }
}
