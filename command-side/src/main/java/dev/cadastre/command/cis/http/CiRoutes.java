package dev.cadastre.command.cis.http;

import dev.cadastre.command.cis.model.CiCommand.DescribeCi;
import dev.cadastre.command.cis.model.CiCommand.LinkCiToAsset;
import dev.cadastre.command.cis.model.CiCommand.MoveCi;
import dev.cadastre.command.cis.model.CiCommand.RegisterCi;
import dev.cadastre.command.cis.model.CiCommand.RelateCi;
import dev.cadastre.command.cis.model.CiCommand.RemoveCi;
import dev.cadastre.command.cis.model.CiCommand.UnrelateCi;
import dev.cadastre.command.http.CommandRoute;
import dev.cadastre.command.http.JsonObject;
import dev.cadastre.command.http.PathValues;
import dev.cadastre.command.shared.Command;
import dev.cadastre.events.ci.Lifecycle;
import dev.cadastre.events.ci.Relation;
import dev.cadastre.eventstore.axon.TimeOrderedIdentifiers;
import dev.cadastre.http.access.Right;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/** The commands about CIs. */
public final class CiRoutes {

    private static final String CIS = "/api/v1/cis";
    private static final String CI = CIS + "/{id}";
    private static final String RELATION = CI + "/relations/{type}/{target}";

    private CiRoutes() {}

    public static List<CommandRoute> routes() {
        return List.of(
                CommandRoute.registering(CIS, CiRoutes::register),
                CommandRoute.of(HttpMethod.PATCH, CI, CiRoutes::describe),
                CommandRoute.of(HttpMethod.DELETE, CI, CiRoutes::remove),
                CommandRoute.of(HttpMethod.POST, CI + "/lifecycle", CiRoutes::move),
                CommandRoute.of(HttpMethod.PUT, RELATION, CiRoutes::relate),
                CommandRoute.of(HttpMethod.DELETE, RELATION, CiRoutes::unrelate),
                CommandRoute.of(HttpMethod.PUT, CI + "/asset", CiRoutes::link),
                CommandRoute.of(HttpMethod.POST, CI + "/restoration", CiRestorationBody::read),
                CommandRoute.withRight(
                        Right.CORRECT,
                        HttpMethod.POST,
                        CI + "/corrections",
                        CiCorrectionBody::read));
    }

    private static Command register(PathValues path, JsonObject body) {
        body.onlyFields("id", "class", "name", "lifecycle", "asset", "attributes", "relations");
        String id = body.id("id");
        return new RegisterCi(
                id == null ? TimeOrderedIdentifiers.next().toString() : id,
                body.requiredName("class"),
                body.name("name"),
                lifecycle(body.object("lifecycle")),
                body.id("asset"),
                body.attributes("attributes"),
                relations(body, "relations"));
    }

    private static Command describe(PathValues path, JsonObject body) {
        body.onlyFields("name", "attributes");
        AttributePatch attributes = AttributePatch.of(body);
        return new DescribeCi(
                path.id("id"),
                body.has("name"),
                body.name("name"),
                attributes.set(),
                attributes.unset());
    }

    private static Command remove(PathValues path, JsonObject body) {
        body.onlyFields();
        return new RemoveCi(path.id("id"));
    }

    private static Command move(PathValues path, JsonObject body) {
        return new MoveCi(path.id("id"), requiredLifecycle(body));
    }

    private static Command relate(PathValues path, JsonObject body) {
        body.onlyFields();
        return new RelateCi(path.id("id"), relation(path));
    }

    private static Command unrelate(PathValues path, JsonObject body) {
        body.onlyFields();
        return new UnrelateCi(path.id("id"), relation(path));
    }

    private static Relation relation(PathValues path) {
        return new Relation(path.id("type"), path.id("target"));
    }

    private static Command link(PathValues path, JsonObject body) {
        body.onlyFields("asset");
        if (!body.has("asset")) {
            throw new ProblemException(
                            ProblemType.INVALID, "Name the asset, or null to link the CI to none.")
                    .at("/asset");
        }
        return new LinkCiToAsset(path.id("id"), body.id("asset"));
    }

    static @Nullable Lifecycle lifecycle(@Nullable JsonObject body) {
        return body == null ? null : requiredLifecycle(body);
    }

    private static Lifecycle requiredLifecycle(JsonObject body) {
        body.onlyFields("stage", "status");
        return new Lifecycle(body.requiredName("stage"), body.requiredName("status"));
    }

    static List<Relation> relations(JsonObject body, String field) {
        List<Relation> relations = new ArrayList<>();
        for (JsonObject relation : body.objects(field, JsonObject.ITEMS)) {
            relation.onlyFields("type", "to");
            relations.add(new Relation(relation.requiredName("type"), relation.requiredId("to")));
        }
        return List.copyOf(relations);
    }
}
