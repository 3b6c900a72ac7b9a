package dev.cadastre.command.cis.model;

import dev.cadastre.command.cis.model.CiCommand.RegisterCi;
import dev.cadastre.command.shared.CiClassDefinition;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Rejection.NotAllowed;
import dev.cadastre.command.shared.RelationTypeDefinition;
import dev.cadastre.events.ci.Lifecycle;
import dev.cadastre.events.ci.Relation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether the words of a command are defined: classes, relation types, stages, attribute types. */
record CiVocabulary(Neighbours neighbours) {

    void checkRegistration(RegisterCi command) {
        checkClass(command.ciClass());
        if (command.lifecycle() != null) {
            checkLifecycle("/lifecycle", command.lifecycle());
        }
        checkAttributes(command.ciClass(), command.attributes());
        checkRelations("/relations", command.relations());
    }

    void checkClass(String ciClass) {
        if (!neighbours.timeline(CiClassDefinition.FOLD, ciClass).last().present()) {
            throw new NotAllowed(
                    "/class",
                    "The CI class \""
                            + ciClass
                            + "\" is not defined. Define it first: PUT /api/v1/ci-classes/{name}.");
        }
    }

    void checkRelations(String pointer, List<Relation> relations) {
        for (int i = 0; i < relations.size(); i++) {
            checkRelationType(pointer + "/" + i + "/type", relations.get(i).type());
        }
    }

    void checkRelationType(String pointer, String type) {
        if (!neighbours.timeline(RelationTypeDefinition.FOLD, type).last().present()) {
            throw new NotAllowed(
                    pointer,
                    "The relation type \""
                            + type
                            + "\" is not defined. Define it first: PUT"
                            + " /api/v1/relation-types/{name}.");
        }
    }

    void checkAttributes(String ciClass, Map<String, Object> values) {
        mistyped(ciClass, values)
                .forEach(
                        (name, type) -> {
                            throw new NotAllowed(
                                    "/attributes/" + name.replace("~", "~0").replace("/", "~1"),
                                    "The class \""
                                            + ciClass
                                            + "\" declares this attribute as "
                                            + type
                                            + ".");
                        });
    }

    /** The attributes whose values are not of the type that the class declares, with that type. */
    Map<String, String> mistyped(String ciClass, Map<String, Object> values) {
        Map<String, String> declared =
                values.isEmpty()
                        ? Map.of()
                        : neighbours.timeline(CiClassDefinition.FOLD, ciClass).last().attributes();
        if (declared.isEmpty()) {
            return Map.of();
        }
        Map<String, String> mistyped = new TreeMap<>();
        values.forEach(
                (name, value) -> {
                    String type = declared.get(name);
                    if (type != null && !isOfType(type, value)) {
                        mistyped.put(name, type);
                    }
                });
        return mistyped;
    }

    private static boolean isOfType(String type, Object value) {
        return switch (type) {
            case "text" -> value instanceof String;
            case "integer" -> value instanceof Long;
            case "boolean" -> value instanceof Boolean;
            case "text[]" -> isArrayOf(String.class, value);
            case "integer[]" -> isArrayOf(Long.class, value);
            case "boolean[]" -> isArrayOf(Boolean.class, value);
            // A type of a newer version: nothing to check here.
            default -> true;
        };
    }

    private static boolean isArrayOf(Class<?> type, Object value) {
        return value instanceof List<?> items && items.stream().allMatch(type::isInstance);
    }

    static void checkLifecycle(String pointer, Lifecycle lifecycle) {
        List<String> statuses = CiLifecycle.statuses(lifecycle.stage());
        if (statuses.isEmpty()) {
            throw new NotAllowed(
                    pointer + "/stage",
                    "There is no stage \""
                            + lifecycle.stage()
                            + "\". Stages: "
                            + String.join(", ", CiLifecycle.stages())
                            + ".");
        }
        if (!statuses.contains(lifecycle.status())) {
            throw new NotAllowed(
                    pointer + "/status",
                    "The stage \""
                            + lifecycle.stage()
                            + "\" has no status \""
                            + lifecycle.status()
                            + "\". Statuses: "
                            + String.join(", ", statuses)
                            + ".");
        }
    }

    /** Refuses what a registration recorded by a correction may not say. */
    void checkOptionalLifecycle(String pointer, @Nullable Lifecycle lifecycle) {
        if (lifecycle != null) {
            checkLifecycle(pointer, lifecycle);
        }
    }
}
