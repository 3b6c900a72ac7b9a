package dev.cadastre.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.events.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pins the stored JSON of every event type and revision. What lies in a log never changes, so a
 * file in {@code events/} may be added, never edited: a changed form is a new revision.
 */
class StoredEventFilesTest {

    static List<Event> samples() {
        return EventSamples.all();
    }

    @Test
    void every_event_class_has_a_sample() {
        assertThat(samples())
                .extracting(event -> (Object) event.getClass())
                .containsExactlyInAnyOrderElementsOf(EventJson.eventClasses());
    }

    @Test
    void every_type_has_its_own_name() {
        assertThat(EventJson.types()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_event_is_written_byte_for_byte_as_its_file(Event event) {
        assertThat(new String(EventJson.write(event), StandardCharsets.UTF_8) + "\n")
                .isEqualTo(new String(file(event), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_file_is_read_as_its_event(Event event) {
        EventJson.Type type = EventJson.typeOf(event);

        assertThat(EventJson.read(type.name(), type.revision(), file(event))).isEqualTo(event);
    }

    private static byte[] file(Event event) {
        EventJson.Type type = EventJson.typeOf(event);
        String name = "/events/" + type.name() + "." + type.revision() + ".json";
        try (InputStream in = StoredEventFilesTest.class.getResourceAsStream(name)) {
            assertThat(in).as("src/test/resources" + name).isNotNull();
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
