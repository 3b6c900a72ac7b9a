package dev.cadastre.eventstore.conformance;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.ProposedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts change sets together for tests. */
public final class ChangeSetBuilder {

    private final List<ProposedEvent> events = new ArrayList<>();
    private final List<ChangeSet.Condition> conditions = new ArrayList<>();
    private final List<ChangeSet.Claim> claims = new ArrayList<>();
    private ChangeSet.@Nullable Key key;
    private byte[] metadata = utf8("{\"reason\":\"moved\"}");
    private String source = "http";

    public static ChangeSetBuilder changeSet() {
        return new ChangeSetBuilder();
    }

    /** One event without anything special. */
    public static ChangeSet oneEvent(String stream, long sequenceNumber) {
        return changeSet().event(stream, sequenceNumber).build();
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public ChangeSetBuilder event(String stream, long sequenceNumber) {
        return event(stream, sequenceNumber, "ci.described");
    }

    public ChangeSetBuilder event(
            String stream, long sequenceNumber, String type, String... references) {
        byte[] payload = utf8("{\"stream\":\"%s\",\"n\":%d}".formatted(stream, sequenceNumber));
        return event(stream, sequenceNumber, type, payload, null, Long.MAX_VALUE, references);
    }

    public ChangeSetBuilder event(
            String stream,
            long sequenceNumber,
            String type,
            byte[] payload,
            @Nullable Long effectiveAt,
            long recordedBefore,
            String... references) {
        events.add(
                new ProposedEvent(
                        stream,
                        sequenceNumber,
                        UUID.randomUUID(),
                        type,
                        1,
                        payload,
                        effectiveAt,
                        recordedBefore,
                        List.of(references)));
        return this;
    }

    public ChangeSetBuilder metadata(byte[] bytes) {
        metadata = bytes;
        return this;
    }

    public ChangeSetBuilder source(String name) {
        source = name;
        return this;
    }

    public ChangeSetBuilder given(ChangeSet.Condition condition) {
        conditions.add(condition);
        return this;
    }

    /** Claims for the event added last. */
    public ChangeSetBuilder claim(String value, int count) {
        claims.add(new ChangeSet.Claim(value, count, events.size() - 1));
        return this;
    }

    public ChangeSetBuilder key(String text, byte[] digest) {
        key = new ChangeSet.Key(text, digest);
        return this;
    }

    public ChangeSet build() {
        return new ChangeSet(
                UUID.randomUUID(),
                "person-principal",
                "person-actor",
                source,
                metadata,
                events,
                conditions,
                claims,
                key);
    }
}
