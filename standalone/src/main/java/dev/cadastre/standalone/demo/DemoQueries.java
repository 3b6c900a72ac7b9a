package dev.cadastre.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Queries of the demo estate whose answers are worth reading. */
public final class DemoQueries {

    private final DemoChanges changes;

    DemoQueries(DemoChanges changes) {
        this.changes = changes;
    }

    /**
     * A question and how to ask it.
     *
     * @param path path and query, percent-encoded
     */
    public record Query(String question, String path) {}

    /** Three of them. */
    public List<Query> all() {
        Instant replaced = changes.replacement();
        Instant moved = changes.relocation();
        return List.of(
                new Query(
                        "What hung on "
                                + DemoChanges.REPLACED_SWITCH
                                + " the day before it was replaced?",
                        "/api/v1/cis/"
                                + DemoChanges.REPLACED_SWITCH
                                + "/impact?direction=dependents&depth=5&asOf="
                                + replaced.minus(Duration.ofDays(1))),
                new Query(
                        "What changed in the night in which half a data hall moved?",
                        "/api/v1/diff?kind=ci&from="
                                + moved.minus(Duration.ofHours(1))
                                + "&to="
                                + moved.plus(Duration.ofHours(1))),
                new Query(
                        "How many assets were in which state then, a year and a half ago?",
                        "/api/v1/counts?kind=asset&by=state&asOf=" + moved));
    }
}
