package dev.cadastre.command.cis.http;

import dev.cadastre.command.cis.model.CiCommand.CorrectCi;
import dev.cadastre.command.cis.model.CiCommand.RecordedAnew;
import dev.cadastre.command.http.JsonObject;
import dev.cadastre.command.http.PathValues;
import dev.cadastre.command.shared.Command;
import dev.cadastre.events.ci.CiEvent;
import dev.cadastre.events.ci.CiEvent.CiAssetLinked;
import dev.cadastre.events.ci.CiEvent.CiChanged;
import dev.cadastre.events.ci.CiEvent.CiLifecycleChanged;
import dev.cadastre.events.ci.CiEvent.CiRegistered;
import dev.cadastre.events.ci.CiEvent.CiRemoved;
import dev.cadastre.events.ci.CiEvent.CiRenamed;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a correction: {@code {"retract":[sequenceNumber...],"record":[fact...]}}. A fact names its
 * {@code type} as timelines show it, its {@code effectiveAt} unless that is the whole correction's,
 * and what the type says.
 */
final class CiCorrectionBody {

    /** The most facts that one correction retracts, and records. */
    private static final int FACTS = 1_000;

    private CiCorrectionBody() {}

    static Command read(PathValues path, JsonObject body) {
        body.onlyFields("retract", "record");
        List<Long> retract = body.numbers("retract", FACTS);
        List<RecordedAnew> record = new ArrayList<>();
        for (JsonObject fact : body.objects("record", FACTS)) {
            CiEvent event = fact(fact);
            record.add(new RecordedAnew(event, fact.instant("effectiveAt")));
        }
        if (retract.isEmpty()) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            "A correction retracts at least one fact. To record more, send the"
                                    + " command itself, with Effective-At if need be.")
                    .at("/retract");
        }
        return new CorrectCi(path.id("id"), retract, record);
    }

    private static CiEvent fact(JsonObject fact) {
        String type = fact.requiredName("type");
        return switch (type) {
            case "ci.registered" -> {
                fact.onlyFields(
                        "type",
                        "effectiveAt",
                        "class",
                        "name",
                        "lifecycle",
                        "asset",
                        "attributes",
                        "relations");
                yield new CiRegistered(
                        fact.requiredName("class"),
                        fact.name("name"),
                        CiRoutes.lifecycle(fact.object("lifecycle")),
                        fact.id("asset"),
                        fact.attributes("attributes"),
                        CiRoutes.relations(fact, "relations"));
            }
            case "ci.changed" -> changed(fact);
            case "ci.renamed" -> {
                fact.onlyFields("type", "effectiveAt", "name");
                yield new CiRenamed(fact.name("name"));
            }
            case "ci.lifecycle-changed" -> {
                fact.onlyFields("type", "effectiveAt", "stage", "status");
                yield new CiLifecycleChanged(
                        fact.requiredName("stage"), fact.requiredName("status"));
            }
            case "ci.asset-linked" -> {
                fact.onlyFields("type", "effectiveAt", "asset");
                yield new CiAssetLinked(fact.id("asset"));
            }
            case "ci.removed" -> {
                fact.onlyFields("type", "effectiveAt");
                yield new CiRemoved(List.of());
            }
            default ->
                    throw new ProblemException(
                                    ProblemType.INVALID,
                                    "A correction records ci.registered, ci.changed, ci.renamed,"
                                            + " ci.lifecycle-changed, ci.asset-linked or"
                                            + " ci.removed.")
                            .at(fact.at("type"));
        };
    }

    private static CiEvent changed(JsonObject fact) {
        fact.onlyFields("type", "effectiveAt", "attributes", "relationsAdded", "relationsRemoved");
        AttributePatch attributes = AttributePatch.of(fact);
        return new CiChanged(
                attributes.set(),
                attributes.unset(),
                CiRoutes.relations(fact, "relationsAdded"),
                CiRoutes.relations(fact, "relationsRemoved"));
    }
}
