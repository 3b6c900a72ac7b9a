package dev.cadastre.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

/** Compares what a document shows of an answer with the answer. */
public final class JsonParts {

    private JsonParts() {}

    /** Objects may have more members than are shown; everything else is equal. */
    public static void assertIsPart(String pointer, JsonNode shown, JsonNode answered) {
        if (shown.isObject()) {
            shown.properties()
                    .forEach(
                            member ->
                                    assertIsPart(
                                            pointer + "/" + member.getKey(),
                                            member.getValue(),
                                            answered.path(member.getKey())));
        } else if (shown.isArray()) {
            assertThat(answered.size()).as("%s of %s", pointer, answered).isEqualTo(shown.size());
            for (int i = 0; i < shown.size(); i++) {
                assertIsPart(pointer + "/" + i, shown.get(i), answered.path(i));
            }
        } else {
            assertThat(answered.toString()).as(pointer).isEqualTo(shown.toString());
        }
    }
}
