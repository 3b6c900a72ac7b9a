package dev.cadastre.standalone.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.cadastre.command.fixture.first.First;
import dev.cadastre.command.fixture.model.CommandOnAnAdapter;
import dev.cadastre.command.fixture.model.CommandThatAsksAQuery;
import dev.cadastre.command.fixture.model.ModelOnTheWeb;
import dev.cadastre.command.fixture.model.ModelThatIsABean;
import dev.cadastre.command.fixture.model.ModelWithAClock;
import dev.cadastre.command.fixture.model.OtherJackson;
import dev.cadastre.command.fixture.second.Second;
import dev.cadastre.command.fixture.upper.Upper;
import dev.cadastre.command.fixture.upper.lower.Lower;
import dev.cadastre.eventstore.merkle.fixture.TreeOnAFramework;
import dev.cadastre.eventstore.mongodb.fixture.AdapterOnAnAdapter;
import dev.cadastre.eventstore.sqlite.fixture.Adapter;
import dev.cadastre.query.fixture.model.RowFromJdbc;
import dev.cadastre.query.fixture.view.ViewRow;
import dev.cadastre.query.fixtureother.view.OtherRow;
import dev.cadastre.query.temporal.fixture.IndexWithAConnection;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Each rule of the architecture fails on classes that break it. */
class ArchitectureRulesBiteTest {

    @Test
    void every_rule_is_checked_and_seen_to_fail() {
        var rules =
                Arrays.stream(ArchitectureRules.class.getDeclaredFields())
                        .filter(field -> field.getType() == ArchRule.class)
                        .map(Field::getName)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList();

        for (Class<?> test : new Class<?>[] {ArchitectureTest.class, getClass()}) {
            assertThat(test.getDeclaredMethods())
                    .extracting(method -> method.getName())
                    .containsAll(rules);
        }
    }

    @Test
    void modules_import_one_way() {
        assertBites(
                ArchitectureRules.MODULES_IMPORT_ONE_WAY,
                CommandThatAsksAQuery.class,
                ViewRow.class);
    }

    @Test
    void packages_have_no_cycles() {
        assertBites(ArchitectureRules.PACKAGES_HAVE_NO_CYCLES, First.class, Second.class);
    }

    @Test
    void no_package_imports_its_parent() {
        assertBites(ArchitectureRules.NO_PACKAGE_IMPORTS_ITS_PARENT, Upper.class, Lower.class);
    }

    @Test
    void views_do_not_use_each_other() {
        assertBites(ArchitectureRules.VIEWS_DO_NOT_USE_EACH_OTHER, ViewRow.class, OtherRow.class);
    }

    @Test
    void the_temporal_index_is_plain_java() {
        assertBites(ArchitectureRules.THE_TEMPORAL_INDEX_IS_PLAIN_JAVA, IndexWithAConnection.class);
    }

    @Test
    void events_port_and_merkle_tree_are_plain_java() {
        assertBites(
                ArchitectureRules.EVENTS_PORT_AND_MERKLE_TREE_ARE_PLAIN_JAVA,
                TreeOnAFramework.class);
    }

    @Test
    void sides_never_see_an_adapter() {
        assertBites(
                ArchitectureRules.SIDES_NEVER_SEE_AN_ADAPTER,
                CommandOnAnAdapter.class,
                Adapter.class);
    }

    @Test
    void adapters_meet_only_at_the_port() {
        assertBites(
                ArchitectureRules.ADAPTERS_MEET_ONLY_AT_THE_PORT,
                AdapterOnAnAdapter.class,
                Adapter.class);
    }

    @Test
    void databases_are_known_to_their_adapters_only() {
        assertBites(
                ArchitectureRules.DATABASES_ARE_KNOWN_TO_THEIR_ADAPTERS_ONLY, RowFromJdbc.class);
    }

    @Test
    void models_know_no_spring_and_no_web() {
        assertBites(ArchitectureRules.MODELS_KNOW_NO_SPRING_AND_NO_WEB, ModelOnTheWeb.class);
    }

    @Test
    void models_never_read_the_clock() {
        assertBites(ArchitectureRules.MODELS_NEVER_READ_THE_CLOCK, ModelWithAClock.class);
    }

    @Test
    void one_jackson() {
        assertBites(ArchitectureRules.ONE_JACKSON, OtherJackson.class);
    }

    @Test
    void wiring_is_done_in_config_packages() {
        assertBites(ArchitectureRules.WIRING_IS_DONE_IN_CONFIG_PACKAGES, ModelThatIsABean.class);
    }

    private static void assertBites(ArchRule rule, Class<?>... broken) {
        var classes = new ClassFileImporter().importClasses(broken);

        assertThatThrownBy(() -> rule.check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Architecture Violation")
                .hasMessageContaining(broken[0].getSimpleName());
    }
}
