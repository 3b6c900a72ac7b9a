package dev.cadastre.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.Relation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    @Test
    void a_registered_ci_is_stored_without_what_is_unknown() {
        CiRegistered event =
                new CiRegistered(
                        "server",
                        null,
                        null,
                        null,
                        Map.of("cores", 8, "empty", "", "tags", List.of("a", true)),
                        List.of(new Relation("hostedOn", "rack:1")));

        byte[] json = EventJson.write(event);

        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"attributes\":{\"cores\":8,\"empty\":\"\",\"tags\":[\"a\",true]},"
                                + "\"class\":\"server\","
                                + "\"relations\":[{\"to\":\"rack:1\",\"type\":\"hostedOn\"}]}");
        assertThat(EventJson.read("ci.registered", 1, json)).isEqualTo(event);
    }
}
