package dev.cadastre.eventstore.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.eventstore.log.Envelope;
import dev.cadastre.eventstore.log.Limits;
import dev.cadastre.eventstore.log.LogException.TooLarge;
import dev.cadastre.eventstore.merkle.TreeHasher;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Pins the bytes of {@code docs/formats/envelope.md} by its vectors, made by another program. */
class EnvelopeFormatTest {

    private static final HexFormat HEX = HexFormat.of();

    static Stream<JsonNode> valid() {
        return Vectors.read("envelope-vectors.json").get("valid").valueStream();
    }

    static Stream<JsonNode> invalid() {
        return Vectors.read("envelope-vectors.json").get("invalid").valueStream();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void fields_have_the_bytes_of_the_vector_and_the_bytes_its_fields(JsonNode vector) {
        byte[] bytes = HEX.parseHex(vector.get("envelope").stringValue());

        assertThat(EnvelopeFormat.encode(envelope(vector))).isEqualTo(bytes);
        assertThat(EnvelopeFormat.decode(bytes))
                .usingRecursiveComparison()
                .isEqualTo(envelope(vector));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void stream_and_sequence_number_are_found_without_reading_the_rest(JsonNode vector) {
        byte[] bytes = HEX.parseHex(vector.get("envelope").stringValue());

        assertThat(EnvelopeFormat.stream(bytes)).isEqualTo(envelope(vector).stream());
        assertThat(EnvelopeFormat.sequenceNumber(bytes))
                .isEqualTo(envelope(vector).sequenceNumber());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void digests_and_leaf_hash_are_those_of_the_vector(JsonNode vector) {
        byte[] salt = HEX.parseHex(vector.get("salt").stringValue());
        SaltedDigest digest = new SaltedDigest();

        assertThat(hex(digest.of(salt, utf8(vector, "payload"))))
                .isEqualTo(vector.get("payloadDigest").stringValue());
        assertThat(hex(digest.of(salt, utf8(vector, "metadata"))))
                .isEqualTo(vector.get("metadataDigest").stringValue());
        byte[] bytes = HEX.parseHex(vector.get("envelope").stringValue());
        assertThat(hex(new TreeHasher().leaf(bytes)))
                .isEqualTo(vector.get("leafHash").stringValue());
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void bytes_that_are_not_exactly_one_envelope_are_refused(JsonNode vector) {
        byte[] bytes = HEX.parseHex(vector.get("envelope").stringValue());

        assertThatThrownBy(() -> EnvelopeFormat.decode(bytes))
                .as(vector.get("name").stringValue())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void times_are_filled_in_where_the_format_has_them() {
        JsonNode vector = valid().findFirst().orElseThrow();
        byte[] bytes = HEX.parseHex(vector.get("envelope").stringValue());
        byte[] withoutTimes = bytes.clone();
        EnvelopeFormat.putTimes(withoutTimes, 0, 0);

        EnvelopeFormat.putTimes(
                withoutTimes,
                vector.get("recordedAt").longValue(),
                vector.get("effectiveAt").longValue());

        assertThat(withoutTimes).isEqualTo(bytes);
    }

    @Test
    void half_of_a_surrogate_pair_is_refused_rather_than_replaced() {
        assertThatThrownBy(() -> EnvelopeFormat.encode(withStream("ci:\uD83D")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stream");
    }

    @Test
    void the_longest_stream_is_told_with_its_bound() {
        EnvelopeFormat.encode(withStream("s".repeat(Limits.STREAM_BYTES)));

        assertThatThrownBy(
                        () ->
                                EnvelopeFormat.encode(
                                        withStream("s".repeat(Limits.STREAM_BYTES + 1))))
                .isInstanceOf(TooLarge.class)
                .hasMessage("The stream id has 1,301 bytes; the log takes 1,300.");
    }

    private static Envelope withStream(String stream) {
        UUID id = new UUID(1, 2);
        return new Envelope(
                id, "t", 1, stream, 0, 0, 0, "p", "a", id, "s", new byte[32], new byte[32]);
    }

    private static Envelope envelope(JsonNode vector) {
        return new Envelope(
                UUID.fromString(vector.get("id").stringValue()),
                vector.get("type").stringValue(),
                vector.get("revision").intValue(),
                vector.get("stream").stringValue(),
                vector.get("sequenceNumber").longValue(),
                vector.get("recordedAt").longValue(),
                vector.get("effectiveAt").longValue(),
                vector.get("principal").stringValue(),
                vector.get("actor").stringValue(),
                UUID.fromString(vector.get("changeSet").stringValue()),
                vector.get("source").stringValue(),
                HEX.parseHex(vector.get("payloadDigest").stringValue()),
                HEX.parseHex(vector.get("metadataDigest").stringValue()));
    }

    private static byte[] utf8(JsonNode vector, String field) {
        return vector.get(field).stringValue().getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }
}
