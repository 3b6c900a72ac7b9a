package dev.cadastre.command.http;

import dev.cadastre.command.shared.Precondition;
import dev.cadastre.command.shared.TextRules;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.http.time.DayEdge;
import dev.cadastre.http.time.InstantText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The headers of a command.
 *
 * @param effectiveAt microseconds since 1970, or null
 * @param precondition what the caller insists on of the thing commanded, or null
 * @param key the idempotency key, or null
 * @param actor who asks, where it is not the principal, or null
 */
record CommandHeaders(
        @Nullable Long effectiveAt,
        @Nullable String reason,
        @Nullable String change,
        @Nullable Precondition precondition,
        @Nullable String key,
        @Nullable String actor,
        @Nullable String trace) {

    static final String EFFECTIVE_AT = "Effective-At";
    static final String CHANGE_REASON = "Change-Reason";
    static final String CHANGE_ID = "Change-Id";
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    static final String ACTOR = "Actor";

    /** Those that make two requests with one key differ, besides If-None-Match. */
    static final List<String> DIGESTED =
            List.of(EFFECTIVE_AT, CHANGE_REASON, CHANGE_ID, HttpHeaders.IF_MATCH, ACTOR);

    private static final String ANY = "*";
    private static final int REASON = 8_000;
    private static final int KEY = 255;
    private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})(\\.\\d{1,18})?\"");
    private static final Pattern TRACE =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    static CommandHeaders read(HttpHeaders headers, ZoneId zone) {
        String effective = one(headers, EFFECTIVE_AT);
        String trace = headers.getFirst("traceparent");
        return new CommandHeaders(
                effective == null
                        ? null
                        : InstantText.parameter(EFFECTIVE_AT, effective, DayEdge.FIRST, zone),
                reason(one(headers, CHANGE_REASON)),
                named(CHANGE_ID, one(headers, CHANGE_ID)),
                precondition(
                        one(headers, HttpHeaders.IF_MATCH),
                        one(headers, HttpHeaders.IF_NONE_MATCH)),
                key(one(headers, IDEMPOTENCY_KEY)),
                actor(one(headers, ACTOR)),
                trace != null && TRACE.matcher(trace).matches() ? trace : null);
    }

    /**
     * Reads what is insisted on. Of an entity tag, the version, the part after a dot, does not
     * count.
     */
    static @Nullable Precondition precondition(
            @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifNoneMatch != null) {
            if (ifMatch != null || !ifNoneMatch.strip().equals(ANY)) {
                throw invalid(
                        HttpHeaders.IF_NONE_MATCH,
                        "With a command it is *, without If-Match: the thing must not be there.");
            }
            return new Precondition.Presence(false);
        }
        if (ifMatch == null) {
            return null;
        }
        if (ifMatch.strip().equals(ANY)) {
            return new Precondition.Presence(true);
        }
        Matcher matcher = TAG.matcher(ifMatch.strip());
        if (!matcher.matches()) {
            throw invalid(
                    HttpHeaders.IF_MATCH,
                    "It is one entity tag as an answer gave it, for example \"7\" or \"7.3\", with"
                            + " its quotation marks, or * for a thing that is there.");
        }
        return new Precondition.LastEvent(Long.parseLong(matcher.group(1)));
    }

    private static @Nullable String one(HttpHeaders headers, String name) {
        List<String> values = headers.getOrEmpty(name);
        if (values.size() > 1) {
            throw invalid(name, "It is there more than once.");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static @Nullable String reason(@Nullable String encoded) {
        if (encoded == null) {
            return null;
        }
        String reason = decode(encoded);
        String fault = TextRules.faultOf(reason, REASON);
        if (fault != null) {
            throw invalid(CHANGE_REASON, "The text is not allowed: " + fault + ".");
        }
        return reason.isEmpty() ? null : reason;
    }

    private static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(encoded.charAt(i + 2), 16);
            if (c == '%' && low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else if (c == '%' || c > 0x7e || c < 0x20) {
                throw invalid(CHANGE_REASON, "It must be percent-encoded UTF-8.");
            } else {
                bytes.write(c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid(CHANGE_REASON, "It must be percent-encoded UTF-8.");
        }
    }

    private static @Nullable String named(String header, @Nullable String text) {
        String fault = text == null ? null : TextRules.faultOfName(text);
        if (fault != null) {
            throw invalid(header, "The text is not allowed: " + fault + ".");
        }
        return text;
    }

    private static @Nullable String key(@Nullable String text) {
        if (text != null
                && (text.isEmpty()
                        || text.length() > KEY
                        || text.chars().anyMatch(c -> c < 0x20 || c > 0x7e))) {
            throw invalid(IDEMPOTENCY_KEY, "It is 1 to 255 printable ASCII characters.");
        }
        return text;
    }

    private static @Nullable String actor(@Nullable String text) {
        if (text != null && !text.matches("person-[0-9A-Za-z-]{1,100}")) {
            throw invalid(ACTOR, "It is the id of a registered person: person-...");
        }
        return text;
    }

    private static ProblemException invalid(String header, String detail) {
        return new ProblemException(ProblemType.INVALID, header + ": " + detail).of(header);
    }
}
