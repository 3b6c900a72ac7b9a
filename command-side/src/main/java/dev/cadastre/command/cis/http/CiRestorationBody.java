package dev.cadastre.command.cis.http;

import dev.cadastre.command.cis.model.CiCommand.RestoreCi;
import dev.cadastre.command.cis.model.CiCommand.RestoreCi.AsItWas;
import dev.cadastre.command.cis.model.CiCommand.RestoreCi.Numbered;
import dev.cadastre.command.http.JsonObject;
import dev.cadastre.command.http.PathValues;
import dev.cadastre.command.shared.Command;
import dev.cadastre.command.shared.Knowledge;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.http.time.DayEdge;
import org.jspecify.annotations.Nullable;

/**
 * Reads which version of a CI is wanted back: {@code {"version":3}}, or {@code {"asOf","knownAt"}},
 * both or one of them, as queries take them.
 */
final class CiRestorationBody {

    private static final String VERSION = "version";
    private static final String AS_OF = "asOf";
    private static final String KNOWN_AT = "knownAt";
    private static final String POSITION_PREFIX = "position:";

    private CiRestorationBody() {}

    static Command read(PathValues path, JsonObject body) {
        body.onlyFields(VERSION, AS_OF, KNOWN_AT);
        Long number = body.number(VERSION);
        Long asOf = body.instant(AS_OF, DayEdge.LAST);
        Knowledge knownAt = knownAt(body);
        boolean byTime = asOf != null || knownAt != null;
        if ((number == null) == !byTime) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            "Name the version to bring back, either by its number in \"version\","
                                    + " or by when it was so in \"asOf\", \"knownAt\" or both.")
                    .at(body.at(VERSION));
        }
        return new RestoreCi(
                path.id("id"), number != null ? new Numbered(number) : new AsItWas(asOf, knownAt));
    }

    private static @Nullable Knowledge knownAt(JsonObject body) {
        String text = body.text(KNOWN_AT, 100);
        if (text == null) {
            return null;
        }
        if (!text.startsWith(POSITION_PREFIX)) {
            return new Knowledge.RecordedBy(body.instant(KNOWN_AT, DayEdge.LAST));
        }
        try {
            long position = Long.parseLong(text.substring(POSITION_PREFIX.length()));
            if (position >= 0) {
                return new Knowledge.UpTo(position);
            }
        } catch (NumberFormatException notANumber) {
            // Told below, as for a negative number.
        }
        throw new ProblemException(
                        ProblemType.INVALID,
                        "Write a position as position:17, a whole number from 0, or an instant.")
                .at(body.at(KNOWN_AT));
    }
}
