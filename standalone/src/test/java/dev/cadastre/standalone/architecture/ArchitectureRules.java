package dev.cadastre.standalone.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.DependencyRules.dependOnUpperPackages;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;

/** What may import what. Each rule is seen to fail in {@link ArchitectureRulesBiteTest}. */
final class ArchitectureRules {

    private static final String ROOT = "dev.cadastre.";

    /** Modules are layers; both sides meet in the log and in the events only. */
    static final ArchRule MODULES_IMPORT_ONE_WAY =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("events")
                    .definedBy(ROOT + "events..")
                    .layer("event store")
                    .definedBy(ROOT + "eventstore..")
                    .layer("http")
                    .definedBy(ROOT + "http..")
                    .layer("command side")
                    .definedBy(ROOT + "command..")
                    .layer("query side")
                    .definedBy(ROOT + "query..")
                    .layer("standalone")
                    .definedBy(ROOT + "standalone..")
                    .whereLayer("standalone")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("command side")
                    .mayOnlyBeAccessedByLayers("standalone")
                    .whereLayer("query side")
                    .mayOnlyBeAccessedByLayers("standalone")
                    .whereLayer("http")
                    .mayOnlyBeAccessedByLayers("command side", "query side", "standalone")
                    .whereLayer("event store")
                    .mayOnlyBeAccessedByLayers("command side", "query side", "standalone")
                    .ensureAllClassesAreContainedInArchitecture();

    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching(ROOT + "(**)").should().beFreeOfCycles();

    static final ArchRule NO_PACKAGE_IMPORTS_ITS_PARENT =
            noClasses()
                    .that(resideOutsideOfPackages(ROOT + "events.."))
                    .should(dependOnUpperPackages())
                    .because("a part that needs what holds it cannot be understood alone");

    /** Views of the query side never use each other; all may use the heart and what is shared. */
    static final ArchRule VIEWS_DO_NOT_USE_EACH_OTHER =
            slices().matching(ROOT + "query.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(
                            resideInAnyPackage(ROOT + "query.config.."),
                            resideInAnyPackage(ROOT + "query.."))
                    .ignoreDependency(
                            resideInAnyPackage(ROOT + "query.."),
                            resideInAnyPackage(
                                    ROOT + "query.shared..",
                                    ROOT + "query.temporal..",
                                    ROOT + "query.register..",
                                    ROOT + "query.versions.store.."));

    /** The query side's heart is plain Java without input or output. */
    static final ArchRule THE_TEMPORAL_INDEX_IS_PLAIN_JAVA =
            classes()
                    .that()
                    .resideInAPackage(ROOT + "query.temporal..")
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                    ROOT + "query.temporal..",
                                    ROOT + "query.shared..",
                                    ROOT + "events",
                                    "java.lang..",
                                    "java.util..",
                                    "java.time..",
                                    "java.nio..",
                                    "java.io..",
                                    "org.jspecify.."));

    static final ArchRule EVENTS_PORT_AND_MERKLE_TREE_ARE_PLAIN_JAVA =
            classes()
                    .that()
                    .resideInAnyPackage(
                            ROOT + "events",
                            ROOT + "events.asset..",
                            ROOT + "events.ci..",
                            ROOT + "events.imports..",
                            ROOT + "events.model..",
                            ROOT + "events.person..",
                            ROOT + "events.snapshot..",
                            ROOT + "events.webhook..",
                            ROOT + "eventstore.log..",
                            ROOT + "eventstore.merkle..")
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                    "java..",
                                    "org.jspecify..",
                                    "com.fasterxml.jackson.annotation..",
                                    ROOT + "events..",
                                    ROOT + "eventstore.log..",
                                    ROOT + "eventstore.merkle.."));

    /** Whoever needs the log takes the port; only the wiring picks an adapter. */
    static final ArchRule SIDES_NEVER_SEE_AN_ADAPTER =
            noClasses()
                    .that()
                    .resideInAnyPackage(ROOT + "command..", ROOT + "query..", ROOT + "standalone..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                    ROOT + "eventstore.sqlite..", ROOT + "eventstore.mongodb.."));

    static final ArchRule ADAPTERS_MEET_ONLY_AT_THE_PORT =
            slices().matching("..(sqlite|mongodb)..").should().notDependOnEachOther();

    static final ArchRule DATABASES_ARE_KNOWN_TO_THEIR_ADAPTERS_ONLY =
            CompositeArchRule.of(
                            noClasses()
                                    .that(resideOutsideOfPackages("..sqlite.."))
                                    .should()
                                    .dependOnClassesThat(
                                            resideInAnyPackage(
                                                    "java.sql..", "javax.sql..", "org.sqlite..")))
                    .and(
                            noClasses()
                                    .that(resideOutsideOfPackages("..mongodb.."))
                                    .should()
                                    .dependOnClassesThat(resideInAnyPackage("com.mongodb..")));

    /** Rules of the field stay free of the web and of wiring. */
    static final ArchRule MODELS_KNOW_NO_SPRING_AND_NO_WEB =
            noClasses()
                    .that()
                    .resideInAnyPackage("..model", ROOT + "command.shared..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                    "org.springframework..",
                                    "reactor..",
                                    "io.netty..",
                                    ROOT + "http.config..",
                                    ROOT + "http.access.."));

    /** Time comes from outside: a command, an event, a clock that was handed in. */
    static final ArchRule MODELS_NEVER_READ_THE_CLOCK =
            noClasses()
                    .that()
                    .resideInAnyPackage("..model", ROOT + "query.temporal..", ROOT + "events..")
                    .should()
                    .callMethodWhere(
                            target(
                                            nameMatching(
                                                    "now|currentTimeMillis|systemUTC|systemDefaultZone"))
                                    .and(
                                            target(
                                                    owner(
                                                            resideInAnyPackage(
                                                                    "java.time..",
                                                                    "java.lang..")))));

    static final ArchRule ONE_JACKSON =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                    "com.fasterxml.jackson.databind..",
                                    "com.fasterxml.jackson.core.."));

    /** Whoever looks for a bean finds it in a config package, or in the module that is wiring. */
    static final ArchRule WIRING_IS_DONE_IN_CONFIG_PACKAGES =
            noClasses()
                    .that(resideOutsideOfPackages("..config..", ROOT + "standalone"))
                    .should()
                    .beMetaAnnotatedWith("org.springframework.stereotype.Component");

    private ArchitectureRules() {}
}
