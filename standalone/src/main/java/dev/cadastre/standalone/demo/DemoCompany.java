package dev.cadastre.standalone.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Nordlicht Freight, which does not exist: its sites, its people, what it buys. */
final class DemoCompany {

    /** A site and the short word for it in names. */
    record Site(String name, String code, int weight) {}

    /** What can be bought. */
    record Product(String type, String manufacturer, String model, int cost, int lifeMonths) {}

    static final List<Site> SITES =
            List.of(
                    new Site("Hamburg", "ham", 9),
                    new Site("Rotterdam", "rtm", 5),
                    new Site("Gdansk", "gdn", 3),
                    new Site("Lyon", "lys", 2),
                    new Site("Porto", "opo", 1));

    static final List<Product> LAPTOPS =
            List.of(
                    new Product("hardware", "Lenovo", "ThinkPad T14", 1_380, 40),
                    new Product("hardware", "Dell", "Latitude 5450", 1_290, 40),
                    new Product("hardware", "Apple", "MacBook Pro 14", 2_250, 46),
                    new Product("hardware", "HP", "EliteBook 840", 1_340, 40));

    static final List<Product> DESK =
            List.of(
                    new Product("hardware", "Dell", "U2723QE", 540, 70),
                    new Product("hardware", "Eizo", "FlexScan EV2795", 820, 80),
                    new Product("hardware", "Samsung", "Galaxy XCover7", 380, 30),
                    new Product("hardware", "Zebra", "TC58 scanner", 1_450, 50));

    static final List<Product> SERVERS =
            List.of(
                    new Product("hardware", "Dell", "PowerEdge R760", 11_900, 62),
                    new Product("hardware", "HPE", "ProLiant DL380 Gen11", 12_400, 62),
                    new Product("hardware", "Supermicro", "SYS-621C", 9_300, 60));

    static final List<Product> SWITCHES =
            List.of(
                    new Product("hardware", "Arista", "7050SX3", 14_800, 84),
                    new Product("hardware", "Juniper", "EX4400-48T", 6_200, 84));

    static final List<Product> LICENCES =
            List.of(
                    new Product("software", "JetBrains", "All Products Pack", 690, 36),
                    new Product("software", "Autodesk", "AutoCAD", 1_900, 36),
                    new Product("software", "Red Hat", "Enterprise Linux", 850, 36));

    private static final List<String> FIRST_NAMES =
            List.of(
                    "Ada",
                    "Bente",
                    "Chidi",
                    "Dilara",
                    "Emil",
                    "Farah",
                    "Goran",
                    "Hanna",
                    "Ines",
                    "Jonas",
                    "Katarzyna",
                    "Luc",
                    "Mirela",
                    "Noor",
                    "Oskar",
                    "Paulina",
                    "Quentin",
                    "Rosa",
                    "Sven",
                    "Tomasz",
                    "Ulla",
                    "Vera",
                    "Wim",
                    "Yara",
                    "Zofia");

    private static final List<String> LAST_NAMES =
            List.of(
                    "Albers",
                    "Brandt",
                    "Carvalho",
                    "De Vries",
                    "Eriksen",
                    "Faber",
                    "Girard",
                    "Hoekstra",
                    "Iversen",
                    "Jansen",
                    "Kowalska",
                    "Lindqvist",
                    "Moreau",
                    "Nowak",
                    "Oliveira",
                    "Petersen",
                    "Quist",
                    "Roux",
                    "Santos",
                    "Thomsen");

    private DemoCompany() {}

    /** The names of the staff, each once. */
    static List<String> people(int count) {
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            // Steps of 7 walk through all last names before a pair repeats.
            String first = FIRST_NAMES.get(i % FIRST_NAMES.size());
            String last = LAST_NAMES.get((i * 7 + i / FIRST_NAMES.size()) % LAST_NAMES.size());
            names.add(first + " " + last);
        }
        return names;
    }

    static Site site(SplittableRandom random) {
        int ticket = random.nextInt(SITES.stream().mapToInt(Site::weight).sum());
        for (Site site : SITES) {
            ticket -= site.weight();
            if (ticket < 0) {
                return site;
            }
        }
        throw new AssertionError("weights add up");
    }

    static <T> T oneOf(List<T> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }

    static String desk(Site site, SplittableRandom random) {
        return site.name() + " / Floor " + (1 + random.nextInt(4)) + " / " + room(random);
    }

    static String rack(Site site, SplittableRandom random) {
        return site.name()
                + " / Data hall / Rack "
                + (char) ('A' + random.nextInt(4))
                + String.format(Locale.ROOT, "%02d", 1 + random.nextInt(12));
    }

    static String store(Site site) {
        return site.name() + " / IT store";
    }

    static String costCentre(SplittableRandom random) {
        return oneOf(
                List.of("1000 Operations", "2000 Sales", "3000 Finance", "4000 IT", "5000 Fleet"),
                random);
    }

    private static String room(SplittableRandom random) {
        return "Room " + (1 + random.nextInt(30));
    }
}
