package dev.cadastre.command.http;

import dev.cadastre.command.shared.AbsentTarget;
import dev.cadastre.command.shared.Fact;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.command.shared.Timeline;
import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemTranslation;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.http.time.InstantText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which problem each rejection, and each refusal of the log, is. */
public final class RejectionProblems implements ProblemTranslation {

    @Override
    public @Nullable ProblemException translate(Throwable failure) {
        return switch (failure) {
            case Rejection rejection -> {
                ProblemException problem = of(rejection);
                yield rejection.command() < 0
                        ? problem
                        : problem.with("command", rejection.command());
            }
            case LogException refusal -> problem(refusal);
            default -> null;
        };
    }

    /** The problem of a command that was sent alone. */
    static ProblemException of(Rejection rejection) {
        return switch (rejection) {
            case Rejection.NotRegistered absent ->
                    of(ProblemType.NOT_FOUND, absent)
                            .with("entity", absent.entity().toString())
                            .with("facts", facts(absent.facts()));
            case Rejection.FactsClash clash ->
                    of(ProblemType.CONFLICT, clash)
                            .with("entity", clash.entity().toString())
                            .with("facts", facts(clash.facts()));
            case Rejection.IllegalTransition illegal ->
                    of(ProblemType.ILLEGAL_TRANSITION, illegal)
                            .with("entity", illegal.entity().toString())
                            .with("from", illegal.from())
                            .with("to", illegal.to())
                            .with("allowed", illegal.allowed())
                            .with("facts", states(illegal));
            case Rejection.ValueTaken taken ->
                    interval(
                            of(ProblemType.VALUE_TAKEN, taken)
                                    .at(taken.pointer())
                                    .with("value", taken.value())
                                    .with("holder", taken.holder().id()),
                            taken.from(),
                            taken.to());
            case Rejection.TargetAbsent absent -> {
                AbsentTarget first = absent.absent().getFirst();
                ProblemException problem =
                        of(ProblemType.CONFLICT, absent)
                                .with("target", first.target().toString())
                                .with("absent", targets(absent.absent()));
                yield interval(
                        absent.pointer() == null ? problem : problem.at(absent.pointer()),
                        first.from(),
                        first.to());
            }
            case Rejection.StillReferenced needed ->
                    of(ProblemType.CONFLICT, needed)
                            .with("entity", needed.entity().toString())
                            .with("by", texts(needed.by()));
            case Rejection.Cycle cycle ->
                    of(ProblemType.CONFLICT, cycle).with("path", texts(cycle.path()));
            case Rejection.Stale stale ->
                    of(ProblemType.STALE, stale)
                            .with("entity", stale.entity().toString())
                            .with("expectedSequenceNumber", stale.expected())
                            .with("actualSequenceNumber", stale.actual());
            case Rejection.WrongPresence presence ->
                    of(ProblemType.STALE, presence).with("entity", presence.entity().toString());
            case Rejection.NotAllowed notAllowed ->
                    of(ProblemType.INVALID, notAllowed).at(notAllowed.pointer());
            case Rejection.TooContended contended ->
                    of(ProblemType.UNAVAILABLE, contended).retryAfter(Duration.ofSeconds(1));
        };
    }

    private static @Nullable ProblemException problem(LogException refusal) {
        return switch (refusal) {
            case LogException.TooLarge tooLarge ->
                    new ProblemException(ProblemType.TOO_LARGE, tooLarge.getMessage(), tooLarge);
            case LogException.Unavailable unavailable ->
                    new ProblemException(
                                    ProblemType.UNAVAILABLE,
                                    "The log cannot take commands now. Whatever was acknowledged is"
                                            + " kept; send this again later under the same"
                                            + " Idempotency-Key.",
                                    unavailable)
                            .retryAfter(Duration.ofSeconds(5));
            case LogException.Corrupt corrupt ->
                    new ProblemException(
                                    ProblemType.UNAVAILABLE,
                                    "The log contradicts itself and takes no commands until an"
                                            + " operator has looked.",
                                    corrupt)
                            .retryAfter(Duration.ofMinutes(10));
            default -> null;
        };
    }

    private static ProblemException of(ProblemType type, Rejection rejection) {
        return new ProblemException(type, rejection.getMessage(), rejection);
    }

    private static ProblemException interval(ProblemException problem, long from, long to) {
        if (from != Timeline.EVER_SINCE) {
            problem.with("from", InstantText.format(from));
        }
        if (to != Timeline.FOR_EVER) {
            problem.with("to", InstantText.format(to));
        }
        return problem;
    }

    private static List<Map<String, Object>> targets(List<AbsentTarget> absent) {
        return absent.stream()
                .map(
                        each -> {
                            Map<String, Object> members = new LinkedHashMap<>();
                            if (each.relation() != null) {
                                members.put("type", each.relation());
                            }
                            members.put("target", each.target().toString());
                            if (each.from() != Timeline.EVER_SINCE) {
                                members.put("from", InstantText.format(each.from()));
                            }
                            if (each.to() != Timeline.FOR_EVER) {
                                members.put("to", InstantText.format(each.to()));
                            }
                            return members;
                        })
                .toList();
    }

    private static @Nullable List<Map<String, Object>> facts(List<Fact.Name> facts) {
        if (facts.isEmpty()) {
            return null;
        }
        return facts.stream()
                .map(
                        fact -> {
                            Map<String, Object> members = new LinkedHashMap<>();
                            members.put("sequenceNumber", fact.sequenceNumber());
                            members.put("type", fact.type());
                            if (fact.effectiveAt() != Timeline.EVER_SINCE) {
                                members.put("effectiveAt", InstantText.format(fact.effectiveAt()));
                            }
                            return members;
                        })
                .toList();
    }

    /** The facts that clash, each with the state that it says. */
    private static @Nullable List<Map<String, Object>> states(Rejection.IllegalTransition illegal) {
        List<Map<String, Object>> facts = facts(illegal.facts());
        if (facts != null) {
            facts.getLast().put("state", illegal.to());
            if (facts.size() > 1) {
                facts.getFirst().put("state", illegal.from());
            }
        }
        return facts;
    }

    private static List<String> texts(List<StreamId> streams) {
        return streams.stream().map(StreamId::toString).toList();
    }
}
