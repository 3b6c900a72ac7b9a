package dev.cadastre.query.shared.difference;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One field that differs.
 *
 * @param field JSON Pointer into the body, for example {@code /attributes/cores}
 * @param before its value before, or null if it was not there
 * @param after its value after, or null if it is no longer there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldChange(String field, @Nullable JsonNode before, @Nullable JsonNode after) {}
