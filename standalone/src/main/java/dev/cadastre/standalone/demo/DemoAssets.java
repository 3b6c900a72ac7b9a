package dev.cadastre.standalone.demo;

import dev.cadastre.standalone.demo.DemoCompany.Product;
import dev.cadastre.standalone.demo.DemoCompany.Site;
import dev.cadastre.standalone.demo.DemoFacts.Fact;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells the lives of assets: bought, delivered, handed out, moved, repaired, lost, disposed of. */
final class DemoAssets {

    private static final String ASSETS = "/api/v1/assets";
    private static final String STOCKTAKING = "Found at stocktaking";

    private final DemoFacts facts;
    private final DemoCalendar calendar;
    private final SplittableRandom random;
    private final List<String> people;
    private int count;

    DemoAssets(
            DemoFacts facts, DemoCalendar calendar, SplittableRandom random, List<String> people) {
        this.facts = facts;
        this.calendar = calendar;
        this.random = random;
        this.people = people;
    }

    /** The lives of things that people use. */
    void atDesks(List<Product> products, int amount) {
        for (int i = 0; i < amount; i++) {
            Product product = DemoCompany.oneOf(products, random);
            if (random.nextInt(100) < 55) {
                LocalDate bought = calendar.first().minusDays(random.nextInt(900));
                live(product, inventoried(product, bought, Map.of()), bought);
            } else {
                LocalDate bought = calendar.anyDay(random);
                live(product, bought(product, bought, null), bought);
            }
        }
    }

    /** A server or a switch that has been in a rack since the register began. */
    String inRack(Product product, Site site, String rack) {
        LocalDate bought = calendar.first().minusDays(30 + random.nextInt(700));
        return inventoried(product, bought, Map.of("location", rack, "costCentre", "4000 IT")).id();
    }

    /** A machine that is bought and then put into a rack; running from the third week on. */
    String boughtForRack(Product product, LocalDate bought, String rack) {
        return bought(product, bought, rack).id();
    }

    void move(Instant at, String reason, String asset, String location) {
        facts.add(at, reason, asset, assignment(asset, Map.of("location", location)));
    }

    void retire(Instant at, String reason, String asset, String substate) {
        facts.add(at, reason, asset, transition(asset, "In stock", "Pending disposal"));
        Instant gone = calendar.next(DemoCalendar.dayOf(at).plusDays(21), DayOfWeek.WEDNESDAY, 11);
        if (calendar.isPast(gone)) {
            facts.add(gone, "Disposal", asset, transition(asset, "Retired", substate));
        }
    }

    private record Owned(String id, Instant since, String location) {}

    private Owned inventoried(Product product, LocalDate bought, Map<String, Object> place) {
        Map<String, Object> body = described(product, bought);
        body.put("state", "In use");
        body.put("serialNumber", serial());
        Site site = DemoCompany.site(random);
        body.put("location", DemoCompany.desk(site, random));
        body.put("costCentre", DemoCompany.costCentre(random));
        if (place.isEmpty() && !people.isEmpty()) {
            body.put("custodian", DemoCompany.oneOf(people, random));
        }
        body.putAll(place);
        String id = (String) body.get("id");
        Instant at = calendar.beginning();
        facts.add(at, "Initial inventory", id, new DemoCommand("POST", ASSETS, body));
        return new Owned(id, at, (String) body.get("location"));
    }

    private Owned bought(Product product, LocalDate day, @Nullable String rack) {
        Map<String, Object> body = described(product, day);
        body.put("state", "On order");
        String id = (String) body.get("id");
        Site site = DemoCompany.site(random);
        Instant ordered = calendar.next(day, DayOfWeek.MONDAY, 10);
        facts.add(ordered, "Purchase order", id, new DemoCommand("POST", ASSETS, body));
        LocalDate shipped = DemoCalendar.dayOf(ordered).plusDays(3 + random.nextInt(8));
        Instant delivered = calendar.next(shipped, DayOfWeek.WEDNESDAY, 9);
        String location = rack != null ? rack : DemoCompany.desk(site, random);
        if (calendar.isPast(delivered)) {
            facts.add(
                    delivered,
                    "Delivery",
                    id,
                    new DemoCommand("PATCH", ASSETS + "/" + id, Map.of("serialNumber", serial())));
            facts.add(delivered, "Delivery", id, transition(id, "In stock", "Available"));
        }
        Instant handed =
                calendar.next(DemoCalendar.dayOf(delivered).plusDays(1), DayOfWeek.TUESDAY, 13);
        if (calendar.isPast(handed)) {
            Map<String, Object> place = new TreeMap<>(Map.of("location", location));
            place.put("costCentre", rack != null ? "4000 IT" : DemoCompany.costCentre(random));
            if (rack == null && !people.isEmpty()) {
                place.put("custodian", DemoCompany.oneOf(people, random));
            }
            facts.add(handed, "Rollout", id, assignment(id, place));
            facts.add(handed, "Rollout", id, transition(id, "In use", null));
        }
        return new Owned(id, handed, location);
    }

    private void live(Product product, Owned owned, LocalDate bought) {
        String id = owned.id();
        if (!calendar.isPast(owned.since())) {
            return;
        }
        LocalDate worn =
                bought.plusMonths(product.lifeMonths()).plusDays(random.nextInt(240) - 120L);
        Instant end = calendar.next(worn, DayOfWeek.TUESDAY, 11);
        if (random.nextInt(100) < 2) {
            end = lost(id, owned.since());
        } else if (end.isBefore(owned.since().plus(20, ChronoUnit.DAYS))) {
            // Older than its life when the register began: it stays a while.
            end = calendar.next(calendar.first().plusDays(200), DayOfWeek.TUESDAY, 11);
            disposed(id, end);
        } else {
            disposed(id, end);
        }
        boolean corrected = random.nextInt(100) < 5;
        String location = owned.location();
        Instant at = owned.since();
        while (true) {
            LocalDate day = DemoCalendar.dayOf(at).plusDays(120 + random.nextInt(500));
            at = calendar.next(day, DayOfWeek.TUESDAY, 15);
            if (!at.isBefore(end.minus(30, ChronoUnit.DAYS)) || !calendar.isPast(at)) {
                return;
            }
            if (random.nextInt(100) < 20) {
                repaired(id, at, end);
            } else {
                location = moved(id, at, location, corrected);
            }
        }
    }

    private String moved(String id, Instant at, String before, boolean corrected) {
        String location = before;
        while (location.equals(before)) {
            location = DemoCompany.desk(DemoCompany.site(random), random);
        }
        DemoCommand command = assignment(id, Map.of("location", location));
        Instant later = later(at);
        if (corrected) {
            String wrong = DemoCompany.store(DemoCompany.site(random));
            Fact mistake = facts.add(at, "Move", id, assignment(id, Map.of("location", wrong)));
            facts.correct(
                    later,
                    "Wrong place was recorded",
                    mistake,
                    ASSETS + "/" + id + "/corrections",
                    Map.of("type", "asset.assigned", "location", location));
        } else if (random.nextInt(100) < 10) {
            facts.add(later, at, STOCKTAKING, id, command);
        } else {
            facts.add(at, "Move", id, command);
        }
        return location;
    }

    private void repaired(String id, Instant at, Instant end) {
        Instant back =
                calendar.next(
                        DemoCalendar.dayOf(at).plusDays(6 + random.nextInt(15)),
                        DayOfWeek.THURSDAY,
                        11);
        facts.add(at, "Repair", id, transition(id, "In maintenance", null));
        if (back.isBefore(end) && calendar.isPast(back)) {
            facts.add(back, "Repair", id, transition(id, "In use", null));
        }
    }

    private Instant lost(String id, Instant since) {
        LocalDate day = DemoCalendar.dayOf(since).plusDays(60 + random.nextInt(600));
        Instant at = calendar.next(day, DayOfWeek.SATURDAY, 21);
        Instant noticed = later(at);
        if (calendar.isPast(noticed)) {
            String how = random.nextBoolean() ? "Stolen" : "Lost";
            facts.add(noticed, at, STOCKTAKING, id, transition(id, "Missing", how));
        }
        return at;
    }

    private void disposed(String id, Instant end) {
        if (calendar.isPast(end)) {
            retire(
                    end,
                    "End of life",
                    id,
                    DemoCompany.oneOf(List.of("Disposed", "Sold", "Donated"), random));
        } else if (end.isBefore(calendar.inDays(90))) {
            Instant planned = calendar.next(calendar.today().minusDays(13), DayOfWeek.FRIDAY, 9);
            facts.add(
                    planned,
                    end,
                    "Planned replacement",
                    id,
                    transition(id, "In use", "Pending retirement"));
        }
    }

    /** When somebody notices what happened; still before today. */
    private Instant later(Instant at) {
        LocalDate day = DemoCalendar.dayOf(at).plusDays(8 + random.nextInt(30));
        Instant noticed = calendar.next(day, DayOfWeek.FRIDAY, 16);
        return calendar.isPast(noticed) ? noticed : at;
    }

    private Map<String, Object> described(Product product, LocalDate bought) {
        count++;
        String number = String.format(Locale.ROOT, "%05d", count);
        Map<String, Object> body = new TreeMap<>();
        body.put("id", "asset-" + number);
        body.put("assetTag", "NF-" + number);
        body.put("type", product.type());
        body.put("name", product.manufacturer() + " " + product.model());
        body.put("manufacturer", product.manufacturer());
        body.put("model", product.model());
        body.put("warrantyUntil", bought.plusYears(3).toString());
        body.put(
                "purchase",
                Map.of(
                        "date",
                        bought.toString(),
                        "supplier",
                        "Elbe IT Handel",
                        "orderNumber",
                        "PO-" + bought.getYear() + "-" + (1_000 + random.nextInt(9_000)),
                        "cost",
                        Map.of("amount", product.cost() + ".00", "currency", "EUR")));
        return body;
    }

    private String serial() {
        return Long.toString(random.nextLong(36L * 36 * 36 * 36 * 36 * 36 * 36), 36)
                        .toUpperCase(Locale.ROOT)
                + count;
    }

    private static DemoCommand assignment(String id, Map<String, Object> place) {
        return new DemoCommand("POST", ASSETS + "/" + id + "/assignments", place);
    }

    private static DemoCommand transition(String id, String state, @Nullable String substate) {
        Map<String, Object> body = new TreeMap<>(Map.of("state", state));
        if (substate != null) {
            body.put("substate", substate);
        }
        return new DemoCommand("POST", ASSETS + "/" + id + "/transitions", body);
    }
}
