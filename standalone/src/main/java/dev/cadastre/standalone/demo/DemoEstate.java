package dev.cadastre.standalone.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Three years of Nordlicht Freight's estate that end on a day: the same seed, day and people give
 * the same changes.
 */
final class DemoEstate {

    /** How many people work there. */
    static final int PEOPLE = 120;

    private static final Map<String, String> CLASSES =
            Map.of(
                    "access-point", "A wireless access point",
                    "application", "What users know by a name",
                    "application-instance", "One deployment of an application",
                    "business-service", "What the business buys from IT",
                    "certificate", "An X.509 certificate",
                    "database", "A database",
                    "host", "A physical machine that runs virtual servers",
                    "network-switch", "A switch",
                    "server", "A virtual server");

    private static final Map<String, String> RELATIONS =
            Map.of(
                    "connectedTo", "connects",
                    "dependsOn", "usedBy",
                    "hostedOn", "hosts",
                    "protects", "protectedBy",
                    "runsOn", "runs");

    private final DemoFacts facts = new DemoFacts();
    private final DemoChanges changes;

    /**
     * @param people ids of the people, may be empty
     */
    DemoEstate(long seed, LocalDate today, List<String> people) {
        SplittableRandom random = new SplittableRandom(seed);
        DemoCalendar calendar = DemoCalendar.endingOn(today);
        DemoAssets assets = new DemoAssets(facts, calendar, random, people);
        DemoCis cis = new DemoCis(facts);
        DemoLandscape landscape = new DemoLandscape(cis, assets, calendar, random);
        landscape.tell();
        this.changes = new DemoChanges(landscape, cis, assets, calendar, random);
        changes.tell();
        assets.atDesks(DemoCompany.LAPTOPS, 900);
        assets.atDesks(DemoCompany.DESK, 900);
        assets.atDesks(DemoCompany.LICENCES, 100);
    }

    /** The change sets in the order in which they are recorded. */
    List<DemoChange> changes() {
        List<DemoChange> changes = new ArrayList<>();
        changes.add(vocabulary());
        changes.addAll(facts.changes());
        return changes;
    }

    DemoQueries queries() {
        return new DemoQueries(changes);
    }

    private static DemoChange vocabulary() {
        List<DemoCommand> commands = new ArrayList<>();
        CLASSES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        entry ->
                                commands.add(
                                        new DemoCommand(
                                                "PUT",
                                                "/api/v1/ci-classes/" + entry.getKey(),
                                                Map.of("description", entry.getValue()))));
        RELATIONS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        entry ->
                                commands.add(
                                        new DemoCommand(
                                                "PUT",
                                                "/api/v1/relation-types/" + entry.getKey(),
                                                Map.of("inverse", entry.getValue()))));
        return new DemoChange("demo-model", null, "The words of this register", commands);
    }
}
