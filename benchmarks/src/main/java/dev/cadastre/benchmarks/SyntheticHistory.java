package dev.cadastre.benchmarks;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A configuration history in the form of the import profile {@code history}: servers, their
 * applications and the relations between them, the same for the same seed and size.
 */
final class SyntheticHistory {

    private static final String[] STATES = {"in use", "in stock", "in maintenance", "retired"};
    private static final String[] ENVIRONMENTS = {"production", "test", "development"};

    private final int cis;
    private final long events;
    private final SplittableRandom random;
    private long sequence;
    private long change;
    private Instant at = Instant.parse("2019-01-01T00:00:00Z");

    /**
     * @param cis number of CIs registered first, in change sets of 200
     * @param events number of events in all; those after the registrations are updates in change
     *     sets of 1 to 20
     */
    SyntheticHistory(int cis, long events, long seed) {
        this.cis = cis;
        this.events = events;
        this.random = new SplittableRandom(seed);
    }

    void writeTo(Writer out) throws IOException {
        for (int ci = 0; ci < cis; ci++) {
            if (ci % 200 == 0) {
                nextChange();
            }
            out.write(registration(ci));
        }
        while (sequence < events) {
            nextChange();
            int size = (int) Math.min(1 + random.nextInt(20), events - sequence);
            List<Integer> touched = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int ci = random.nextInt(cis);
                if (!touched.contains(ci)) {
                    touched.add(ci);
                    out.write(update(ci));
                }
            }
        }
    }

    private void nextChange() {
        change++;
        at = at.plusSeconds(30 + random.nextInt(600));
    }

    private String registration(int ci) {
        boolean application = ci % 4 == 3;
        String relations =
                application
                        ? ",\"relationsAdded\":[{\"type\":\"runsOn\",\"to\":\"%s\"}]"
                                .formatted(id(ci - 1 - random.nextInt(Math.min(ci, 3))))
                        : ci > 8
                                ? ",\"relationsAdded\":[{\"type\":\"dependsOn\",\"to\":\"%s\"}]"
                                        .formatted(id(ci / 4))
                                : "";
        return line(
                ci,
                "register",
                "\"set\":{\"state\":\"in stock\",\"environment\":\"%s\",\"owner\":\"team-%d\",\"cores\":%d,\"address\":\"10.%d.%d.%d\"}%s"
                        .formatted(
                                ENVIRONMENTS[random.nextInt(3)],
                                random.nextInt(40),
                                1 << random.nextInt(7),
                                random.nextInt(256),
                                random.nextInt(256),
                                random.nextInt(256),
                                relations));
    }

    private String update(int ci) {
        return line(
                ci,
                "update",
                "\"set\":{\"state\":\"%s\",\"patchLevel\":%d}"
                        .formatted(STATES[random.nextInt(STATES.length)], sequence));
    }

    private String line(int ci, String op, String rest) {
        sequence++;
        return "{\"seq\":%d,\"at\":\"%s\",\"by\":\"user-%d\",\"reason\":\"routine work\",\"change\":\"c%d\",\"op\":\"%s\",\"ci\":\"%s\",\"class\":\"%s\",%s}\n"
                .formatted(
                        sequence,
                        at,
                        change % 20,
                        change,
                        op,
                        id(ci),
                        ci % 4 == 3 ? "application" : "server",
                        rest);
    }

    private static String id(int ci) {
        return (ci % 4 == 3 ? "application:" : "server:") + ci;
    }
}
