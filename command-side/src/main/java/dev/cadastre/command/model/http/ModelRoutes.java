package dev.cadastre.command.model.http;

import dev.cadastre.command.http.CommandRoute;
import dev.cadastre.command.http.JsonObject;
import dev.cadastre.command.http.PathValues;
import dev.cadastre.command.model.model.DefineCiClass;
import dev.cadastre.command.model.model.DefineRelationType;
import dev.cadastre.command.shared.Command;
import dev.cadastre.command.shared.TextRules;
import dev.cadastre.events.model.ModelEvent.CiClassDefined;
import dev.cadastre.events.model.ModelEvent.RelationTypeDefined;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;

/** The commands that define the words of the register. */
public final class ModelRoutes {

    private static final int DESCRIPTION = 4_000;

    private ModelRoutes() {}

    public static List<CommandRoute> routes() {
        return List.of(
                CommandRoute.of(HttpMethod.PUT, "/api/v1/ci-classes/{name}", ModelRoutes::ciClass),
                CommandRoute.of(
                        HttpMethod.PUT,
                        "/api/v1/relation-types/{name}",
                        ModelRoutes::relationType));
    }

    private static Command ciClass(PathValues path, JsonObject body) {
        body.onlyFields("description", "attributes");
        JsonObject declared = body.objectOrEmpty("attributes").namesAtMost(JsonObject.ATTRIBUTES);
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String attribute : declared.fields()) {
            attributes.put(attribute, declared.requiredName(attribute));
        }
        return new DefineCiClass(
                path.id("name"),
                new CiClassDefined(body.text("description", DESCRIPTION), attributes));
    }

    private static Command relationType(PathValues path, JsonObject body) {
        body.onlyFields("description", "inverse", "acyclic");
        return new DefineRelationType(
                path.id("name"),
                new RelationTypeDefined(
                        body.text("description", DESCRIPTION),
                        body.text("inverse", TextRules.NAME),
                        body.truth("acyclic", false)));
    }
}
