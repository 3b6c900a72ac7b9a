package dev.cadastre.command.cis.http;

import dev.cadastre.command.http.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A merge patch of attributes (RFC 7396).
 *
 * @param set attributes with their new values
 * @param unset the names of attributes to take away, which the patch says with null
 */
record AttributePatch(Map<String, Object> set, List<String> unset) {

    static AttributePatch of(JsonObject body) {
        Map<String, Object> set = new LinkedHashMap<>();
        List<String> unset = new ArrayList<>();
        body.patch("attributes")
                .forEach(
                        (attribute, value) -> {
                            if (value == null) {
                                unset.add(attribute);
                            } else {
                                set.put(attribute, value);
                            }
                        });
        return new AttributePatch(set, List.copyOf(unset));
    }
}
