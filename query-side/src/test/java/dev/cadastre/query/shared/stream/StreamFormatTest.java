package dev.cadastre.query.shared.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamFormatTest {

    private static final byte[] PRETTY =
            "{\r\n  \"text\": \"a\\nb\"\n}".getBytes(StandardCharsets.UTF_8);

    @Test
    void a_message_is_one_line_however_its_json_was_written() {
        assertThat(StreamFormat.NDJSON.message("7", null, PRETTY))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{    \"text\": \"a\\nb\" }\n");
        assertThat(StreamFormat.SSE.message("7", "change", PRETTY))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("id: 7\nevent: change\ndata: {    \"text\": \"a\\nb\" }\n\n");
    }

    @Test
    void the_json_given_stays_as_it_is() {
        byte[] given = PRETTY.clone();
        StreamFormat.NDJSON.message(null, null, given);
        assertThat(given).isEqualTo(PRETTY);
    }
}
