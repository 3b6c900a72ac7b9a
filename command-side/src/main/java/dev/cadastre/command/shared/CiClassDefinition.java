package dev.cadastre.command.shared;

import dev.cadastre.events.StreamId;
import dev.cadastre.events.model.ModelEvent.CiClassDefined;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CI class as it is defined now.
 *
 * @param present whether it is defined
 * @param attributes declared attributes: name to type; others are allowed and untyped
 */
public record CiClassDefinition(
        boolean present, @Nullable String description, Map<String, String> attributes)
        implements EntityState {

    /** Definitions are not bounded in valid time: the newest one holds. */
    public static final Fold<CiClassDefinition> FOLD =
            new Fold<>() {
                @Override
                public String kind() {
                    return StreamId.CI_CLASS;
                }

                @Override
                public CiClassDefinition absent() {
                    return new CiClassDefinition(false, null, Map.of());
                }

                @Override
                public CiClassDefinition apply(CiClassDefinition state, Fact fact) {
                    CiClassDefined defined = (CiClassDefined) fact.event();
                    return new CiClassDefinition(true, defined.description(), defined.attributes());
                }

                @Override
                public boolean timeless() {
                    return true;
                }
            };
}
