package dev.cadastre.command.assets.http;

import dev.cadastre.command.assets.model.AssetCommand;
import dev.cadastre.command.assets.model.AssetCommand.AssignAsset;
import dev.cadastre.command.assets.model.AssetCommand.Change;
import dev.cadastre.command.assets.model.AssetCommand.CorrectAsset;
import dev.cadastre.command.assets.model.AssetCommand.DatedChange;
import dev.cadastre.command.assets.model.AssetCommand.DescribeAsset;
import dev.cadastre.command.assets.model.AssetCommand.RegisterAsset;
import dev.cadastre.command.assets.model.AssetCommand.TransitionAsset;
import dev.cadastre.command.http.CommandRoute;
import dev.cadastre.command.http.JsonObject;
import dev.cadastre.command.http.PathValues;
import dev.cadastre.events.asset.AssetField;
import dev.cadastre.eventstore.axon.TimeOrderedIdentifiers;
import dev.cadastre.http.access.Right;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/** Where the commands about assets are sent, and how their bodies read. */
public final class AssetRoutes {

    private static final String ASSETS = "/api/v1/assets";
    private static final String ASSET = ASSETS + "/{id}";
    private static final int MOST_FACTS = 1_000;

    /** The type of an asset in a fact to record: there {@code type} is that of the fact. */
    private static final String ASSET_TYPE = "assetType";

    private AssetRoutes() {}

    /** All of them. */
    public static List<CommandRoute> all() {
        return List.of(
                CommandRoute.registering(ASSETS, (_, body) -> register(newId(body), body)),
                CommandRoute.of(
                        HttpMethod.PATCH,
                        ASSET,
                        (path, body) -> new DescribeAsset(path.id("id"), notEmpty(body))),
                CommandRoute.of(
                        HttpMethod.POST,
                        ASSET + "/transitions",
                        (path, body) -> transition(path.id("id"), body)),
                CommandRoute.of(
                        HttpMethod.POST,
                        ASSET + "/assignments",
                        (path, body) -> new AssignAsset(path.id("id"), notEmpty(body))),
                CommandRoute.withRight(
                        Right.CORRECT,
                        HttpMethod.POST,
                        ASSET + "/corrections",
                        AssetRoutes::correct));
    }

    private static String newId(JsonObject body) {
        String given = body.id("id");
        return given == null ? TimeOrderedIdentifiers.next().toString() : given;
    }

    private static RegisterAsset register(String id, JsonObject body) {
        return new RegisterAsset(
                id,
                body.name("state"),
                body.name("substate"),
                without(body, Set.of("id", "state", "substate")));
    }

    private static TransitionAsset transition(String id, JsonObject body) {
        body.onlyFields("state", "substate");
        return new TransitionAsset(id, body.requiredName("state"), body.name("substate"));
    }

    private static AssetCommand correct(PathValues path, JsonObject body) {
        String id = path.id("id");
        body.onlyFields("retract", "record");
        return new CorrectAsset(
                id,
                body.numbers("retract", MOST_FACTS),
                body.objects("record", MOST_FACTS).stream().map(fact -> dated(id, fact)).toList());
    }

    private static DatedChange dated(String id, JsonObject fact) {
        return new DatedChange(change(id, fact), fact.instant("effectiveAt"));
    }

    private static Change change(String id, JsonObject fact) {
        Set<String> framing = Set.of("type", "effectiveAt");
        return switch (fact.requiredName("type")) {
            case "asset.registered" ->
                    new RegisterAsset(
                            id,
                            fact.name("state"),
                            fact.name("substate"),
                            describing(fact, Set.of("type", "effectiveAt", "state", "substate")));
            case "asset.described" -> new DescribeAsset(id, describing(fact, framing));
            case "asset.assigned" -> new AssignAsset(id, without(fact, framing));
            case "asset.transitioned" -> {
                fact.onlyFields("type", "effectiveAt", "state", "substate");
                yield new TransitionAsset(id, fact.requiredName("state"), fact.name("substate"));
            }
            default ->
                    throw new ProblemException(
                                    ProblemType.INVALID,
                                    "A fact is asset.registered, asset.described, asset.assigned or"
                                            + " asset.transitioned.")
                            .at(fact.at("type"));
        };
    }

    private static Map<String, @Nullable Object> describing(JsonObject fact, Set<String> framing) {
        Map<String, @Nullable Object> fields = without(fact, framing);
        if (fields.containsKey(ASSET_TYPE)) {
            fields.remove(ASSET_TYPE);
            fields.put(AssetField.TYPE, fact.name(ASSET_TYPE));
        }
        return fields;
    }

    private static Map<String, @Nullable Object> notEmpty(JsonObject body) {
        Map<String, @Nullable Object> values = body.values();
        if (values.isEmpty()) {
            throw new ProblemException(
                            ProblemType.INVALID, "Name at least one field that should change.")
                    .at("");
        }
        return values;
    }

    private static Map<String, @Nullable Object> without(JsonObject body, Set<String> names) {
        Map<String, @Nullable Object> values = body.values();
        values.keySet().removeAll(names);
        return values;
    }
}
