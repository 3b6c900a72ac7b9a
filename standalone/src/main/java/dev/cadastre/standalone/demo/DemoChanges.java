package dev.cadastre.standalone.demo;

import dev.cadastre.standalone.demo.DemoCompany.Site;
import dev.cadastre.standalone.demo.DemoFacts.Fact;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.SplittableRandom;

/** Tells what happened to the landscape: patches, upgrades, moves, replacements, removals. */
final class DemoChanges {

    static final String REPLACED_SWITCH = "switch-ham-core-1";

    private static final Duration ROLLED_BACK_AFTER = Duration.ofMinutes(90);

    private final DemoLandscape landscape;
    private final DemoCis cis;
    private final DemoAssets assets;
    private final DemoCalendar calendar;
    private final SplittableRandom random;

    DemoChanges(
            DemoLandscape landscape,
            DemoCis cis,
            DemoAssets assets,
            DemoCalendar calendar,
            SplittableRandom random) {
        this.landscape = landscape;
        this.cis = cis;
        this.assets = assets;
        this.calendar = calendar;
        this.random = random;
    }

    /** When one core switch was replaced by another. */
    Instant replacement() {
        return calendar.next(calendar.today().minusDays(300), DayOfWeek.SUNDAY, 4);
    }

    /** When part of the Hamburg data hall moved to Rotterdam. */
    Instant relocation() {
        return calendar.next(calendar.today().minusDays(540), DayOfWeek.SATURDAY, 22);
    }

    void tell() {
        removals();
        patches();
        relocate();
        replaceSwitch();
        changes();
        plans();
    }

    private void removals() {
        int number = 0;
        for (String server : landscape.toldServers().subList(340, 360)) {
            LocalDate day = calendar.today().minusDays(200L - random.nextInt(90));
            Instant at = calendar.next(day, DayOfWeek.FRIDAY, 18);
            if (cis.isThere(server, at)) {
                cis.remove(at, "Test environment is given up", server);
                if (number++ % 5 == 0) {
                    cis.register(
                                    calendar.next(day.plusDays(40), DayOfWeek.MONDAY, 9),
                                    "Test environment comes back",
                                    server,
                                    "server",
                                    null)
                            .with("os", "Debian 12")
                            .with("environment", "test")
                            .relate("hostedOn", landscape.toldHosts().getLast().id())
                            .done();
                }
            }
        }
    }

    private void patches() {
        LocalDate day = calendar.first().plusDays(80);
        while (true) {
            Instant at = calendar.next(day, DayOfWeek.SUNDAY, 3);
            if (!calendar.isPast(at)) {
                return;
            }
            String level = DemoCalendar.dayOf(at).toString().substring(0, 7);
            for (String server : landscape.toldServers()) {
                if (cis.isThere(server, at) && random.nextInt(100) < 90) {
                    cis.change(at, "Patch window", server, "patchLevel", level);
                }
            }
            day = day.plusDays(91);
        }
    }

    private void relocate() {
        String reason = "Half of the Hamburg data hall moves to Rotterdam";
        Site rotterdam = DemoCompany.SITES.get(1);
        for (DemoLandscape.Host host : landscape.toldHosts().subList(0, 24)) {
            String rack = DemoCompany.rack(rotterdam, random);
            cis.change(relocation(), reason, host.id(), "rack", rack);
            cis.unrelate(relocation(), reason, host.id(), "connectedTo", host.core());
            cis.relate(relocation(), reason, host.id(), "connectedTo", "switch-rtm-core-1");
            assets.move(relocation(), reason, host.asset(), rack);
        }
    }

    private void replaceSwitch() {
        String reason = "Core switch replacement";
        String successor = "switch-ham-core-3";
        Site hamburg = DemoCompany.SITES.getFirst();
        LocalDate ordered = DemoCalendar.dayOf(replacement()).minusDays(70);
        String asset =
                assets.boughtForRack(
                        DemoCompany.SWITCHES.getFirst(),
                        ordered,
                        DemoCompany.rack(hamburg, random));
        cis.register(replacement(), reason, successor, "network-switch", asset)
                .with("role", "core")
                .with("site", hamburg.name())
                .with("ports", 48)
                .done();
        for (DemoLandscape.Host host : landscape.toldHosts().subList(24, 50)) {
            if (host.core().equals(REPLACED_SWITCH)) {
                reconnect(reason, host.id(), successor);
            }
        }
        for (int i = 1; i <= 8; i++) {
            if (1 + i % 2 == 1) {
                reconnect(reason, "switch-ham-access-" + i, successor);
            }
        }
        cis.remove(replacement(), reason, REPLACED_SWITCH);
        assets.retire(replacement(), reason, cis.assetOf(REPLACED_SWITCH), "Sold");
    }

    private void reconnect(String reason, String ci, String successor) {
        cis.unrelate(replacement(), reason, ci, "connectedTo", REPLACED_SWITCH);
        cis.relate(replacement(), reason, ci, "connectedTo", successor);
    }

    private void changes() {
        for (String server : landscape.toldServers()) {
            int kind = random.nextInt(100);
            LocalDate day = calendar.anyDay(random);
            Instant at = calendar.next(day, DayOfWeek.WEDNESDAY, 20);
            if (!cis.isThere(server, at) || !calendar.isPast(at)) {
                continue;
            }
            Instant later = calendar.next(day.plusDays(15), DayOfWeek.FRIDAY, 10);
            if (kind < 25) {
                String host = landscape.hostOf(server);
                String other = landscape.toldHosts().get(50 + random.nextInt(40)).id();
                if (!other.equals(host)) {
                    cis.unrelate(at, "Live migration", server, "hostedOn", host);
                    cis.relate(at, "Live migration", server, "hostedOn", other);
                }
            } else if (kind < 45) {
                cis.change(at, "Upgrade", server, "os", "Debian 12");
            } else if (kind < 55 && isThereStill(server, later)) {
                cis.changeLearntLater(later, at, "Told late", server, "memoryGiB", 96);
            } else if (kind < 62 && isThereStill(server, later)) {
                Fact wrong = cis.change(at, "Upgrade", server, "cores", 160);
                cis.correct(later, "Typing mistake", wrong, server, "cores", 16);
            } else if (kind < 80) {
                cis.change(at, "Upgrade", server, "memoryGiB", 128);
            } else if (kind < 84) {
                cis.change(at, "Upgrade", server, "os", "Debian 13");
                cis.restore(at.plus(ROLLED_BACK_AFTER), "Upgrade rolled back", server, at);
            }
        }
    }

    private boolean isThereStill(String server, Instant at) {
        return calendar.isPast(at) && cis.isThere(server, at);
    }

    private void plans() {
        Instant planned = calendar.next(calendar.today().minusDays(9), DayOfWeek.MONDAY, 10);
        for (int i = 0; i < 12; i++) {
            cis.lifecycleLearnt(
                    planned,
                    calendar.inDays(20 + 5 * i),
                    "Planned shutdown",
                    landscape.toldServers().get(300 + i),
                    "End of Life",
                    "Retired");
        }
    }
}
