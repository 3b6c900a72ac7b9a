package dev.cadastre.standalone.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(place -> !place.contains("-tests.jar"))
                    .importPackages("dev.cadastre");

    @Test
    void all_modules_are_looked_at() {
        assertThat(CLASSES.contain("dev.cadastre.events.Event")).isTrue();
        assertThat(CLASSES.contain("dev.cadastre.eventstore.log.EventLog")).isTrue();
        assertThat(CLASSES.contain("dev.cadastre.http.config.HttpConfiguration")).isTrue();
        assertThat(CLASSES.stream().map(c -> c.getPackageName()))
                .anyMatch(name -> name.startsWith("dev.cadastre.command."))
                .anyMatch(name -> name.startsWith("dev.cadastre.query."))
                .noneMatch(name -> name.contains(".fixture"));
    }

    @Test
    void modules_import_one_way() {
        ArchitectureRules.MODULES_IMPORT_ONE_WAY.check(CLASSES);
    }

    @Test
    void packages_have_no_cycles() {
        ArchitectureRules.PACKAGES_HAVE_NO_CYCLES.check(CLASSES);
    }

    @Test
    void no_package_imports_its_parent() {
        ArchitectureRules.NO_PACKAGE_IMPORTS_ITS_PARENT.check(CLASSES);
    }

    @Test
    void views_do_not_use_each_other() {
        ArchitectureRules.VIEWS_DO_NOT_USE_EACH_OTHER.check(CLASSES);
    }

    @Test
    void the_temporal_index_is_plain_java() {
        ArchitectureRules.THE_TEMPORAL_INDEX_IS_PLAIN_JAVA.check(CLASSES);
    }

    @Test
    void events_port_and_merkle_tree_are_plain_java() {
        ArchitectureRules.EVENTS_PORT_AND_MERKLE_TREE_ARE_PLAIN_JAVA.check(CLASSES);
    }

    @Test
    void sides_never_see_an_adapter() {
        ArchitectureRules.SIDES_NEVER_SEE_AN_ADAPTER.check(CLASSES);
    }

    @Test
    void adapters_meet_only_at_the_port() {
        ArchitectureRules.ADAPTERS_MEET_ONLY_AT_THE_PORT.check(CLASSES);
    }

    @Test
    void databases_are_known_to_their_adapters_only() {
        ArchitectureRules.DATABASES_ARE_KNOWN_TO_THEIR_ADAPTERS_ONLY.check(CLASSES);
    }

    @Test
    void models_know_no_spring_and_no_web() {
        ArchitectureRules.MODELS_KNOW_NO_SPRING_AND_NO_WEB.check(CLASSES);
    }

    @Test
    void models_never_read_the_clock() {
        ArchitectureRules.MODELS_NEVER_READ_THE_CLOCK.check(CLASSES);
    }

    @Test
    void one_jackson() {
        ArchitectureRules.ONE_JACKSON.check(CLASSES);
    }

    @Test
    void wiring_is_done_in_config_packages() {
        ArchitectureRules.WIRING_IS_DONE_IN_CONFIG_PACKAGES.check(CLASSES);
    }
}
