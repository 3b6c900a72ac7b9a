package dev.cadastre.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoEstateTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 31);

    private static List<DemoChange> changes(LocalDate today) {
        return new DemoEstate(7, today, List.of("person-1", "person-2")).changes();
    }

    @Test
    void the_same_seed_day_and_people_give_the_same_estate() {
        assertThat(changes(TODAY)).isEqualTo(changes(TODAY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-31", "2026-02-28", "2028-02-29", "2026-12-31", "2027-01-04"})
    void it_has_about_two_thousand_assets_and_fifteen_hundred_cis(LocalDate today) {
        assertThat(count(today, path -> path.equals("/api/v1/assets"))).isBetween(1_900L, 2_100L);
        assertThat(count(today, path -> path.equals("/api/v1/cis"))).isBetween(1_400L, 1_600L);
    }

    @Test
    void it_has_late_facts_corrections_restorations_and_scheduled_facts() {
        assertThat(count(TODAY, path -> path.endsWith("/corrections"))).isGreaterThan(20);
        assertThat(count(TODAY, path -> path.endsWith("/restoration"))).isGreaterThan(3);
        assertThat(changes(TODAY))
                .extracting(DemoChange::reason)
                .contains("Found at stocktaking", "Told late", "Planned replacement");
        Instant tomorrow = TODAY.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        assertThat(changes(TODAY))
                .filteredOn(change -> change.effectiveAt() != null)
                .anyMatch(change -> change.effectiveAt().isAfter(tomorrow));
    }

    @Test
    void no_change_set_is_named_twice() {
        assertThat(changes(TODAY)).extracting(DemoChange::id).doesNotHaveDuplicates();
    }

    private static long count(LocalDate today, Predicate<String> path) {
        return changes(today).stream()
                .flatMap(change -> change.commands().stream())
                .filter(command -> !command.method().equals("PUT") && path.test(command.path()))
                .count();
    }
}
