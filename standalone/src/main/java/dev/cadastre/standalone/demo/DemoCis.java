package dev.cadastre.standalone.demo;

import dev.cadastre.standalone.demo.DemoFacts.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says what happens to configuration items. */
final class DemoCis {

    private static final String CIS = "/api/v1/cis";

    private final DemoFacts facts;
    private final Map<String, Instant> since = new HashMap<>();
    private final Map<String, Instant> until = new HashMap<>();
    private final Map<String, String> assets = new HashMap<>();

    DemoCis(DemoFacts facts) {
        this.facts = facts;
    }

    /** A CI that is being put together. */
    final class Registration {
        private final Instant at;
        private final String reason;
        private final Map<String, Object> body = new TreeMap<>();
        private final Map<String, Object> attributes = new TreeMap<>();
        private final List<Map<String, Object>> relations = new ArrayList<>();

        private Registration(Instant at, String reason) {
            this.at = at;
            this.reason = reason;
        }

        Registration with(String attribute, Object value) {
            attributes.put(attribute, value);
            return this;
        }

        Registration named(String name) {
            body.put("name", name);
            return this;
        }

        Registration lifecycle(String stage, String status) {
            body.put("lifecycle", Map.of("stage", stage, "status", status));
            return this;
        }

        Registration relate(String type, String to) {
            relations.add(Map.of("type", type, "to", to));
            return this;
        }

        void done() {
            body.put("attributes", attributes);
            body.put("relations", relations);
            String id = (String) body.get("id");
            since.put(id, at);
            until.remove(id);
            facts.add(at, reason, id, new DemoCommand("POST", CIS, body));
        }
    }

    Registration register(
            Instant at, String reason, String id, String ciClass, @Nullable String asset) {
        Registration registration = new Registration(at, reason);
        registration.body.put("id", id);
        registration.body.put("class", ciClass);
        if (asset != null) {
            registration.body.put("asset", asset);
            assets.put(id, asset);
        }
        return registration;
    }

    /** Whether the CI was there before an instant and is not gone by then. */
    boolean isThere(String id, Instant at) {
        return since.get(id).isBefore(at) && (!until.containsKey(id) || at.isBefore(until.get(id)));
    }

    /** From when on the CI is there. */
    Instant since(String id) {
        return since.get(id);
    }

    /** From when on all of them are there. */
    Instant latest(Collection<String> ids) {
        return ids.stream().map(since::get).max(Comparator.naturalOrder()).orElseThrow();
    }

    String assetOf(String id) {
        return assets.get(id);
    }

    Fact change(Instant at, String reason, String id, String attribute, Object value) {
        return facts.add(at, reason, id, patch(id, attribute, value));
    }

    void changeLearntLater(
            Instant learntAt,
            Instant at,
            String reason,
            String id,
            String attribute,
            Object value) {
        facts.add(learntAt, at, reason, id, patch(id, attribute, value));
    }

    void correct(
            Instant learntAt,
            String reason,
            Fact wrong,
            String id,
            String attribute,
            Object value) {
        facts.correct(
                learntAt,
                reason,
                wrong,
                path(id) + "/corrections",
                Map.of("type", "ci.changed", "attributes", Map.of(attribute, value)));
    }

    void lifecycle(Instant at, String reason, String id, String stage, String status) {
        lifecycleLearnt(at, at, reason, id, stage, status);
    }

    void lifecycleLearnt(
            Instant learntAt, Instant at, String reason, String id, String stage, String status) {
        facts.add(
                learntAt,
                at,
                reason,
                id,
                new DemoCommand(
                        "POST", path(id) + "/lifecycle", Map.of("stage", stage, "status", status)));
    }

    void relate(Instant at, String reason, String id, String type, String to) {
        facts.add(at, reason, id, new DemoCommand("PUT", relation(id, type, to), Map.of()));
    }

    void unrelate(Instant at, String reason, String id, String type, String to) {
        facts.add(at, reason, id, new DemoCommand("DELETE", relation(id, type, to), Map.of()));
    }

    void remove(Instant at, String reason, String id) {
        until.put(id, at);
        facts.add(at, reason, id, new DemoCommand("DELETE", path(id), Map.of()));
    }

    /** Brings a CI back to what it was just before an instant. */
    void restore(Instant at, String reason, String id, Instant before) {
        facts.add(
                at,
                reason,
                id,
                new DemoCommand(
                        "POST",
                        path(id) + "/restoration",
                        Map.of("asOf", before.minusSeconds(1).toString())));
    }

    private static DemoCommand patch(String id, String attribute, Object value) {
        return new DemoCommand("PATCH", path(id), Map.of("attributes", Map.of(attribute, value)));
    }

    private static String relation(String id, String type, String to) {
        return path(id) + "/relations/" + type + "/" + encoded(to);
    }

    private static String path(String id) {
        return CIS + "/" + encoded(id);
    }

    private static String encoded(String id) {
        return id.replace("/", "%2F");
    }
}
