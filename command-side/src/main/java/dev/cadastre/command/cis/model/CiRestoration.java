package dev.cadastre.command.cis.model;

import dev.cadastre.command.cis.model.CiCommand.RestoreCi;
import dev.cadastre.command.cis.model.CiCommand.RestoreCi.AsItWas;
import dev.cadastre.command.cis.model.CiCommand.RestoreCi.Numbered;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Rejection.NotAllowed;
import dev.cadastre.command.shared.Rejection.NotRegistered;
import dev.cadastre.command.shared.Timeline;
import dev.cadastre.events.Microseconds;
import dev.cadastre.events.ci.CiEvent;
import dev.cadastre.events.ci.CiEvent.CiRestored;
import dev.cadastre.events.ci.RestoredVersion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which version of a CI a command brings back, and the event that does it. */
final class CiRestoration {

    private final RestoreCi command;
    private final Timeline<CiState> timeline;
    private final Neighbours neighbours;

    CiRestoration(RestoreCi command, Timeline<CiState> timeline, Neighbours neighbours) {
        this.command = command;
        this.timeline = timeline;
        this.neighbours = neighbours;
    }

    /** The version that is wanted, in which the CI is there. */
    CiVersions.Version version() {
        if (timeline.nextSequenceNumber() == 0) {
            throw new NotRegistered(
                    command.target(),
                    "Nothing was ever recorded of CI "
                            + command.id()
                            + ", so there is nothing to bring back.",
                    List.of());
        }
        CiVersions.Version version =
                switch (command.version()) {
                    case Numbered(long number) -> numbered(number);
                    case AsItWas wanted -> asItWas(wanted);
                };
        if (!version.state().present()) {
            throw new NotAllowed(
                    pointer(),
                    "In version "
                            + version.number()
                            + " CI "
                            + command.id()
                            + " is not in the register. To take it out, DELETE it.");
        }
        return version;
    }

    private CiVersions.Version numbered(long number) {
        CiVersions versions = new CiVersions(timeline, Long.MAX_VALUE);
        CiVersions.Version version = versions.numbered(number);
        if (version == null) {
            throw new NotAllowed(
                    pointer(),
                    "CI "
                            + command.id()
                            + " has no version "
                            + number
                            + "; its last is "
                            + (versions.size() - 1)
                            + ".");
        }
        return version;
    }

    private CiVersions.Version asItWas(AsItWas wanted) {
        long events = Long.MAX_VALUE;
        @Nullable Long asOf = wanted.asOf();
        if (wanted.knownAt() != null) {
            Neighbours.Known known = neighbours.known(command.target(), wanted.knownAt());
            events = known.events();
            asOf = asOf == null ? known.instant() : asOf;
        }
        CiVersions.Version version =
                new CiVersions(timeline, events).at(Objects.requireNonNull(asOf));
        if (version == null) {
            throw new NotAllowed(
                    pointer(),
                    "CI "
                            + command.id()
                            + " was not in the register at "
                            + Microseconds.toInstant(asOf)
                            + ", by what was known then.");
        }
        return version;
    }

    /**
     * The event, unless the state is that of the version already.
     *
     * @param state at the valid time of the restoration
     */
    List<CiEvent> events(CiVersions.Version version, CiState state) {
        CiState was = version.state();
        if (was.saysTheSameAs(state)) {
            return List.of();
        }
        String ciClass = Objects.requireNonNull(was.ciClass());
        checkWords(version.number(), ciClass, was);
        return List.of(
                new CiRestored(
                        new RestoredVersion(
                                version.number(),
                                Microseconds.toInstant(version.validFrom()),
                                version.sequenceNumber()),
                        ciClass,
                        was.name(),
                        was.lifecycle(),
                        was.asset(),
                        was.attributes(),
                        was.relations().stream().sorted().toList()));
    }

    /** Classes and relation types may have been defined anew since. */
    private void checkWords(int number, String ciClass, CiState was) {
        CiVocabulary vocabulary = new CiVocabulary(neighbours);
        vocabulary.checkClass(ciClass);
        vocabulary.checkRelations("/relations", was.relations().stream().sorted().toList());
        Map<String, String> mistyped = vocabulary.mistyped(ciClass, was.attributes());
        if (!mistyped.isEmpty()) {
            throw new NotAllowed(
                    pointer(),
                    "Version "
                            + number
                            + " has attributes that the class \""
                            + ciClass
                            + "\" now declares otherwise: "
                            + String.join(
                                    ", ",
                                    mistyped.entrySet().stream()
                                            .map(each -> each.getKey() + " as " + each.getValue())
                                            .toList())
                            + ". Declare them as they were, or change the CI instead.");
        }
    }

    private String pointer() {
        return command.version() instanceof AsItWas wanted
                ? wanted.asOf() == null ? "/knownAt" : "/asOf"
                : "/version";
    }
}
