package dev.cadastre.standalone.demo;

import dev.cadastre.standalone.demo.DemoCompany.Site;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Tells what runs where: switches, hosts, virtual servers, databases, applications, services. */
final class DemoLandscape {

    private static final String AT_FIRST = "Initial inventory";

    private final DemoCis cis;
    private final DemoAssets assets;
    private final DemoCalendar calendar;
    private final SplittableRandom random;

    private final List<String> cores = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();
    private final List<String> servers = new ArrayList<>();
    private final Map<String, String> hostOf = new HashMap<>();
    private final List<String> instances = new ArrayList<>();

    /**
     * A machine that virtual servers run on.
     *
     * @param core the core switch it is connected to
     */
    record Host(String id, String asset, String rack, String core) {}

    DemoLandscape(DemoCis cis, DemoAssets assets, DemoCalendar calendar, SplittableRandom random) {
        this.cis = cis;
        this.assets = assets;
        this.calendar = calendar;
        this.random = random;
    }

    /** The machines that virtual servers run on, in the order in which they are told. */
    List<Host> toldHosts() {
        return hosts;
    }

    /** The virtual servers, in that order. */
    List<String> toldServers() {
        return servers;
    }

    /** Where a virtual server ran first. */
    String hostOf(String server) {
        return hostOf.get(server);
    }

    void tell() {
        network();
        hosts();
        virtualServers();
        databases();
        applications();
        certificates();
        accessPoints();
    }

    private void network() {
        for (Site site : DemoCompany.SITES) {
            for (int i = 1; i <= 2; i++) {
                String id = "switch-" + site.code() + "-core-" + i;
                String asset =
                        assets.inRack(
                                DemoCompany.SWITCHES.getFirst(),
                                site,
                                DemoCompany.rack(site, random));
                cis.register(calendar.beginning(), AT_FIRST, id, "network-switch", asset)
                        .with("role", "core")
                        .with("site", site.name())
                        .with("ports", 48)
                        .done();
                cores.add(id);
            }
            for (int i = 1; i <= 8; i++) {
                String id = "switch-" + site.code() + "-access-" + i;
                cis.register(calendar.beginning(), AT_FIRST, id, "network-switch", null)
                        .with("role", "access")
                        .with("site", site.name())
                        .with("ports", 24)
                        .relate("connectedTo", "switch-" + site.code() + "-core-" + (1 + i % 2))
                        .done();
            }
        }
    }

    private void hosts() {
        for (int i = 1; i <= 90; i++) {
            Site site = DemoCompany.SITES.get(i <= 50 ? 0 : i <= 80 ? 1 : 2);
            String rack = DemoCompany.rack(site, random);
            String id = String.format(Locale.ROOT, "host-%s-%02d", site.code(), i);
            String core = "switch-" + site.code() + "-core-" + (1 + i % 2);
            var product = DemoCompany.oneOf(DemoCompany.SERVERS, random);
            String asset = assets.inRack(product, site, rack);
            cis.register(calendar.beginning(), AT_FIRST, id, "host", asset)
                    .with("rack", rack)
                    .with("cores", 64)
                    .with("memoryGiB", 512)
                    .with("hypervisor", "KVM")
                    .with("environment", "production")
                    .relate("connectedTo", core)
                    .done();
            hosts.add(new Host(id, asset, rack, core));
        }
    }

    private void virtualServers() {
        for (int i = 1; i <= 380; i++) {
            Host host = DemoCompany.oneOf(hosts, random);
            boolean test = i > 300;
            String id = String.format(Locale.ROOT, "vm-%04d", i);
            Instant at =
                    i % 4 == 0
                            ? calendar.next(calendar.anyDay(random), DayOfWeek.MONDAY, 14)
                            : calendar.beginning();
            cis.register(at, i % 4 == 0 ? "New server" : AT_FIRST, id, "server", null)
                    .with("os", "Debian 11")
                    .with("cores", 2 << random.nextInt(4))
                    .with("memoryGiB", 4 << random.nextInt(4))
                    .with("environment", test ? "test" : "production")
                    .with("patchLevel", "2020-01")
                    .relate("hostedOn", host.id())
                    .done();
            servers.add(id);
            hostOf.put(id, host.id());
        }
    }

    private void databases() {
        for (int i = 1; i <= 90; i++) {
            String id = String.format(Locale.ROOT, "db-%03d", i);
            String server = servers.get(3 * i - 1);
            cis.register(cis.since(server), "Databases", id, "database", null)
                    .with("engine", i % 3 == 0 ? "Oracle 19" : "PostgreSQL 14")
                    .with("sizeGiB", 20 + random.nextInt(900))
                    .with("environment", "production")
                    .relate("runsOn", server)
                    .done();
        }
    }

    private void applications() {
        List<String> names =
                List.of(
                        "Booking",
                        "Customs",
                        "Dispatch",
                        "Fleet",
                        "Invoicing",
                        "Payroll",
                        "Portal",
                        "Route Planner",
                        "Tracking",
                        "Warehouse");
        List<String> applications = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            String name = names.get(i % names.size()) + " " + (1 + i / names.size());
            String id = "app:" + name.toLowerCase(Locale.ROOT).replace(' ', '-');
            boolean young = i % 6 == 0;
            Instant at =
                    young
                            ? calendar.next(calendar.anyDay(random), DayOfWeek.WEDNESDAY, 10)
                            : calendar.beginning();
            List<String> own = new ArrayList<>();
            for (int k = 1; k <= 3; k++) {
                String instance = id + "/" + k;
                String server = servers.get((i * 5 + k * 7) % 300);
                Instant since = cis.since(server).isAfter(at) ? cis.since(server) : at;
                cis.register(since, "Deployment", instance, "application-instance", null)
                        .with("port", 8_000 + random.nextInt(900))
                        .with("environment", k == 3 ? "test" : "production")
                        .relate("runsOn", server)
                        .done();
                own.add(instance);
                instances.add(instance);
            }
            var application =
                    cis.register(cis.latest(own), "Deployment", id, "application", null)
                            .named(name)
                            .lifecycle(young ? "Deploy" : "Operational", young ? "Test" : "In Use")
                            .with("version", "1.0.0")
                            .with("owner", "Team " + names.get(i % names.size()));
            own.forEach(instance -> application.relate("dependsOn", instance));
            application.done();
            applications.add(id);
            releases(id, young);
        }
        for (int i = 1; i <= 16; i++) {
            String id =
                    "service:"
                            + names.get(i % names.size()).toLowerCase(Locale.ROOT).replace(' ', '-')
                            + "-"
                            + i;
            List<String> used = applications.subList((i - 1) * 3, (i - 1) * 3 + 6);
            var service =
                    cis.register(
                                    cis.latest(used),
                                    "Service catalogue",
                                    id,
                                    "business-service",
                                    null)
                            .named(names.get(i % names.size()) + " service " + i)
                            .lifecycle("Operational", "In Use")
                            .with("criticality", 1 + random.nextInt(4));
            used.forEach(application -> service.relate("dependsOn", application));
            service.done();
        }
    }

    private void releases(String application, boolean young) {
        LocalDate day = DemoCalendar.dayOf(cis.since(application)).plusDays(20);
        for (int release = 1; ; release++) {
            Instant at = calendar.next(day, DayOfWeek.THURSDAY, 17);
            if (!calendar.isPast(at)) {
                return;
            }
            if (young && release == 2) {
                cis.lifecycle(at, "Release", application, "Operational", "In Use");
            }
            cis.change(at, "Release", application, "version", "1." + release + ".0");
            day = day.plusDays(45 + random.nextInt(90));
        }
    }

    private void certificates() {
        for (int i = 1; i <= 180; i++) {
            String id = String.format(Locale.ROOT, "certificate-%03d", i);
            String instance = instances.get(i - 1);
            LocalDate issued = DemoCalendar.dayOf(cis.since(instance));
            cis.register(cis.since(instance), "Certificates", id, "certificate", null)
                    .with("issuer", "Nordlicht Internal CA")
                    .with("notAfter", issued.plusYears(1).plusDays(i % 28).toString())
                    .relate("protects", instance)
                    .done();
            LocalDate renewed = issued.plusDays(340);
            for (int year = 2; ; year++) {
                Instant at = calendar.next(renewed, DayOfWeek.MONDAY, 9);
                if (!calendar.isPast(at)) {
                    break;
                }
                LocalDate until = issued.plusYears(year).plusDays(i % 28);
                cis.change(at, "Certificate renewal", id, "notAfter", until.toString());
                renewed = renewed.plusDays(350);
            }
        }
    }

    private void accessPoints() {
        for (int i = 1; i <= 450; i++) {
            Site site = DemoCompany.site(random);
            String id = String.format(Locale.ROOT, "ap-%s-%03d", site.code(), i);
            cis.register(calendar.beginning(), "Wireless survey", id, "access-point", null)
                    .with("site", site.name())
                    .with("channel", 1 + random.nextInt(13))
                    .with("firmware", "8.10")
                    .relate(
                            "connectedTo",
                            "switch-" + site.code() + "-access-" + (1 + random.nextInt(8)))
                    .done();
            if (i % 3 == 0) {
                Instant at =
                        calendar.next(calendar.first().plusDays(400 + i % 60), DayOfWeek.SUNDAY, 2);
                cis.change(at, "Firmware upgrade", id, "firmware", "8.11");
            }
        }
    }
}
