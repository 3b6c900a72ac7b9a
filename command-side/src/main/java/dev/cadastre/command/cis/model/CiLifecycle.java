package dev.cadastre.command.cis.model;

import dev.cadastre.events.ci.Lifecycle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The life cycle of a CI in the words of CSDM: the statuses of each stage, of tangible and
 * intangible CIs together, and the stages one can go to from each. Within a stage every status can
 * follow every other.
 */
public final class CiLifecycle {

    private static final String IDEATION = "Ideation";
    private static final String PURCHASE = "Purchase";
    private static final String DESIGN = "Design";
    private static final String INVENTORY = "Inventory";
    private static final String DEPLOY = "Deploy";
    private static final String OPERATIONAL = "Operational";
    private static final String END_OF_OPERATION = "End of Operation";
    private static final String DEFECTIVE = "Defective";
    private static final String MISSING = "Missing";
    private static final String END_OF_LIFE = "End of Life";

    private static final Map<String, List<String>> STATUSES = new LinkedHashMap<>();
    private static final Map<String, List<String>> NEXT = new LinkedHashMap<>();

    static {
        STATUSES.put(IDEATION, List.of("Under Evaluation", "Pilot"));
        STATUSES.put(PURCHASE, List.of("On Order", "Preallocated"));
        STATUSES.put(DESIGN, List.of("Design", "Chartered", "Build"));
        STATUSES.put(
                INVENTORY,
                List.of(
                        "Available",
                        "Reserved",
                        "Preallocated",
                        "Pending Repair",
                        "Legal Hold",
                        "Quarantine"));
        STATUSES.put(
                DEPLOY, List.of("In Stock", "Reserved", "Pending Transfer", "In Transit", "Test"));
        STATUSES.put(
                OPERATIONAL,
                List.of(
                        "Pending Fulfillment",
                        "In Use",
                        "In Maintenance",
                        "End of Support",
                        "Pending Retirement"));
        STATUSES.put(
                END_OF_OPERATION,
                List.of(
                        "Pending Evaluation",
                        "Pending Return",
                        "In Transit",
                        "Pending Resale",
                        "Pending Certificate",
                        "Pending Disposal",
                        "Pending Donation",
                        "On Hold"));
        STATUSES.put(DEFECTIVE, List.of("In Stock", "In Transit"));
        STATUSES.put(MISSING, List.of("Lost", "Stolen"));
        STATUSES.put(
                END_OF_LIFE,
                List.of(
                        "Pending Disposal",
                        "In Transit",
                        "Pending Certificate",
                        "Disposed",
                        "Donated",
                        "RMA",
                        "Sold",
                        "Vendor Credit",
                        "Buyout",
                        "Lease Return",
                        "Retired",
                        "Obsolete"));

        NEXT.put(IDEATION, List.of(PURCHASE, DESIGN, DEPLOY, OPERATIONAL, END_OF_LIFE));
        NEXT.put(PURCHASE, List.of(DESIGN, INVENTORY, DEPLOY, OPERATIONAL, END_OF_LIFE));
        NEXT.put(DESIGN, List.of(PURCHASE, INVENTORY, DEPLOY, OPERATIONAL, END_OF_LIFE));
        List<String> inService =
                List.of(INVENTORY, DEPLOY, OPERATIONAL, END_OF_OPERATION, DEFECTIVE, MISSING);
        for (String stage : inService) {
            List<String> next = new ArrayList<>(inService);
            next.remove(stage);
            next.add(END_OF_LIFE);
            NEXT.put(stage, List.copyOf(next));
        }
        NEXT.put(END_OF_LIFE, List.of());
    }

    private CiLifecycle() {}

    /** The stages, in the order of a life. */
    public static List<String> stages() {
        return List.copyOf(STATUSES.keySet());
    }

    /** The statuses of a stage; empty if there is no such stage. */
    public static List<String> statuses(String stage) {
        return STATUSES.getOrDefault(stage, List.of());
    }

    /** The stages that can follow a stage, itself left out. */
    public static List<String> nextStages(String stage) {
        return NEXT.getOrDefault(stage, List.of());
    }

    /** Whether a CI can go from here to there; from nowhere it can go everywhere. */
    public static boolean allows(@Nullable Lifecycle from, String stage) {
        return from == null
                || from.stage().equals(stage)
                || nextStages(from.stage()).contains(stage);
    }
}
