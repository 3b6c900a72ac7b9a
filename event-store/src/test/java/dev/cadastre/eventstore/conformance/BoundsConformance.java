package dev.cadastre.eventstore.conformance;

import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.changeSet;
import static dev.cadastre.eventstore.conformance.ChangeSetBuilder.oneEvent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.eventstore.commit.LogVerification;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.Committed;
import dev.cadastre.eventstore.log.Limits;
import dev.cadastre.eventstore.log.LogException.TooLarge;
import dev.cadastre.eventstore.log.StoredEvent;
import org.junit.jupiter.api.Test;

/** The bounds of the log, at the last value inside and the first one outside. */
interface BoundsConformance extends LogUnderTest {

    /** Bytes of an envelope besides its texts: the fixed part, and five lengths. */
    int ENVELOPE_WITHOUT_TEXTS = 133;

    @Test
    default void the_largest_change_set_is_one_commit() {
        Committed committed = append(changeSetOf(Limits.CHANGE_SET_EVENTS));

        assertThat(committed.lastPosition()).isEqualTo(Limits.CHANGE_SET_EVENTS - 1);
        assertThat(log().commits(0, 1)).hasSize(1);
        assertThat(LogVerification.of(log())).isEqualTo(Limits.CHANGE_SET_EVENTS);
        assertThat(append(oneEvent("ci:next", 0)).firstPosition())
                .isEqualTo(Limits.CHANGE_SET_EVENTS);
    }

    @Test
    default void a_change_set_with_one_event_more_is_refused() {
        refusal(TooLarge.class, changeSetOf(Limits.CHANGE_SET_EVENTS + 1));

        assertThat(append(oneEvent("ci:next", 0)).firstPosition()).isZero();
        assertThat(log().head().size()).isEqualTo(1);
    }

    @Test
    default void the_most_bytes_of_payload_and_metadata_are_taken_and_one_more_is_refused() {
        int metadata = 100;
        int most = (int) Limits.CHANGE_SET_BYTES - metadata;

        refusal(TooLarge.class, ofBytes(most + 1, metadata));
        append(ofBytes(most, metadata));

        assertThat(log().event(0).orElseThrow().payload()).hasSize(most);
    }

    @Test
    default void the_largest_envelope_is_taken_and_one_byte_more_is_refused() {
        int others =
                ENVELOPE_WITHOUT_TEXTS
                        + "ci.described".length()
                        + "ci:a".length()
                        + "person-principal".length()
                        + "person-actor".length();
        int most = Limits.ENVELOPE_BYTES - others;

        refusal(TooLarge.class, changeSet().source("s".repeat(most + 1)).event("ci:a", 0).build());
        append(changeSet().source("s".repeat(most)).event("ci:a", 0).build());

        StoredEvent stored = log().event(0).orElseThrow();
        assertThat(stored.envelopeBytes()).hasSize(Limits.ENVELOPE_BYTES);
        assertThat(stored.envelope().source()).hasSize(most);
    }

    @Test
    default void the_longest_stream_is_taken_and_one_byte_more_is_refused() {
        String longest = "ci:" + "\uD83D\uDDA5".repeat(324) + "x";

        refusal(TooLarge.class, oneEvent(longest + "x", 0));
        append(oneEvent(longest, 0));

        assertThat(log().stream(longest, 0))
                .singleElement()
                .satisfies(event -> assertThat(event.envelope().stream()).isEqualTo(longest));
        assertThat(log().streamHead(longest).nextSequenceNumber()).isEqualTo(1);
    }

    private static ChangeSet changeSetOf(int events) {
        ChangeSetBuilder builder = changeSet();
        for (int i = 0; i < events; i++) {
            builder.event("ci:" + i % 500, i / 500);
        }
        return builder.build();
    }

    private static ChangeSet ofBytes(int payload, int metadata) {
        return changeSet()
                .metadata(new byte[metadata])
                .event("ci:a", 0, "ci.described", new byte[payload], null, Long.MAX_VALUE)
                .build();
    }
}
