package dev.cadastre.command.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cadastre.command.shared.Recorded;
import dev.cadastre.events.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command is answered with.
 *
 * @param id of the entity, or of a change set of many commands
 * @param sequenceNumber of the entity's last event; absent for a change set
 * @param position of the last event that the command recorded; where it changed nothing, of the
 *     entity's last event
 * @param entities only for a change set: where its entities stand
 * @param more what the command's route tells besides
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Answer(
        String id,
        @Nullable Long sequenceNumber,
        long position,
        @Nullable List<Entity> entities,
        @JsonAnyGetter Map<String, Object> more) {

    private static final ObjectWriter WRITER = JsonMapper.builder().build().writerFor(Answer.class);

    /** An entity of a change set. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entity(
            @JsonProperty("kind") String kind,
            @JsonProperty("id") String id,
            @JsonProperty("sequenceNumber") long sequenceNumber,
            @JsonProperty("position") long position) {

        static Entity of(StreamId stream, long sequenceNumber, long position) {
            return new Entity(stream.kind(), stream.id(), sequenceNumber, position);
        }
    }

    /** The answer to a single command. */
    static Answer single(Recorded.Entity entity, long lastPosition) {
        return new Answer(
                entity.stream().id(),
                entity.sequenceNumber(),
                entity.position() == null ? lastPosition : entity.position(),
                null,
                Map.of());
    }

    /** The answer to a change set. */
    static Answer changeSet(String id, long position, List<Entity> entities) {
        return new Answer(id, null, position, entities, Map.of());
    }

    /** The same answer, with further members. */
    Answer with(Map<String, Object> told) {
        return new Answer(id, sequenceNumber, position, entities, told);
    }

    /**
     * @param collection where the registered entity has its address, or null
     */
    Mono<ServerResponse> response(@Nullable String collection) {
        ServerResponse.BodyBuilder response =
                collection == null
                        ? ServerResponse.ok()
                        : ServerResponse.status(201)
                                .header(
                                        "Location",
                                        collection + UriUtils.encode(id, StandardCharsets.UTF_8));
        if (sequenceNumber != null) {
            response.header("ETag", "\"" + sequenceNumber + "\"");
        }
        return response.header("Log-Position", Long.toString(position))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(WRITER.writeValueAsBytes(this));
    }
}
