package dev.cadastre.query.webhooks.mongodb;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import dev.cadastre.query.webhooks.model.DeliveryState;
import dev.cadastre.query.webhooks.state.DamagedState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A state as fields of a document. Instants are text, for a BSON date has milliseconds only. */
final class DeliveryDocument {

    private static final String CURSOR = "cursor";
    private static final String CURSOR_EVENT = "cursorEvent";
    private static final String RESUMPTION = "resumption";
    private static final String DELIVERED = "delivered";
    private static final String LAST_DELIVERED_AT = "lastDeliveredAt";
    private static final String LAST_STATUS = "lastStatus";
    private static final String FAILURE = "failure";
    private static final String ATTEMPTS = "attempts";
    private static final String FIRST_AT = "firstAt";
    private static final String LAST_AT = "lastAt";
    private static final String NEXT_ATTEMPT_AT = "nextAttemptAt";
    private static final String ERROR = "error";
    private static final String DEAD_SINCE = "deadSince";

    private DeliveryDocument() {}

    static Bson of(DeliveryState state) {
        return combine(
                set(CURSOR, state.cursor()),
                set(CURSOR_EVENT, text(state.cursorEvent())),
                set(RESUMPTION, state.resumption()),
                set(DELIVERED, state.delivered()),
                set(LAST_DELIVERED_AT, text(state.lastDeliveredAt())),
                set(LAST_STATUS, state.lastStatus()),
                set(FAILURE, document(state.failure())),
                set(DEAD_SINCE, text(state.deadSince())));
    }

    private static @Nullable Document document(DeliveryState.@Nullable Failure failure) {
        return failure == null
                ? null
                : new Document(ATTEMPTS, failure.attempts())
                        .append(FIRST_AT, failure.firstAt().toString())
                        .append(LAST_AT, failure.lastAt().toString())
                        .append(NEXT_ATTEMPT_AT, text(failure.nextAttemptAt()))
                        .append(ERROR, failure.error());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** The state, unless the document was taken and nothing more. */
    static Optional<DeliveryState> read(Document document) {
        if (!document.containsKey(CURSOR)) {
            return Optional.empty();
        }
        try {
            String event = document.getString(CURSOR_EVENT);
            return Optional.of(
                    new DeliveryState(
                            document.getLong(CURSOR),
                            event == null ? null : UUID.fromString(event),
                            document.getLong(RESUMPTION),
                            document.getLong(DELIVERED),
                            instant(document, LAST_DELIVERED_AT),
                            document.getInteger(LAST_STATUS),
                            failure(document.get(FAILURE, Document.class)),
                            instant(document, DEAD_SINCE)));
        } catch (ClassCastException
                | NullPointerException
                | IllegalArgumentException
                | DateTimeException e) {
            throw new DamagedState(
                    "The document \"" + document.get("_id") + "\" of webhook_deliveries", e);
        }
    }

    private static DeliveryState.@Nullable Failure failure(@Nullable Document document) {
        return document == null
                ? null
                : new DeliveryState.Failure(
                        document.getInteger(ATTEMPTS),
                        Instant.parse(document.getString(FIRST_AT)),
                        Instant.parse(document.getString(LAST_AT)),
                        instant(document, NEXT_ATTEMPT_AT),
                        document.getString(ERROR));
    }

    private static @Nullable Instant instant(Document document, String name) {
        String text = document.getString(name);
        return text == null ? null : Instant.parse(text);
    }
}
