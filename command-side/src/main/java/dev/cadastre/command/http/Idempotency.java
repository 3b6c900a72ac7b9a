package dev.cadastre.command.http;

import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.LogException;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;

/**
 * Does what stands under an idempotency key once. The log remembers the key with the change set,
 * for ever; refusals and what changes nothing leave no trace.
 */
final class Idempotency {

    private final EventLog log;
    private final ConcurrentHashMap<String, ChangeSet.Key> running = new ConcurrentHashMap<>();

    Idempotency(EventLog log) {
        this.log = log;
    }

    /** The key of a request, scoped to the principal, with the digest of what was asked. */
    static ChangeSet.Key key(
            String principal,
            String key,
            String method,
            String path,
            HttpHeaders headers,
            byte[] body) {
        MessageDigest digest = sha256();
        add(digest, method.getBytes(StandardCharsets.UTF_8));
        add(digest, path.getBytes(StandardCharsets.UTF_8));
        for (String name : CommandHeaders.DIGESTED) {
            String value = headers.getFirst(name);
            add(digest, (value == null ? "" : value).getBytes(StandardCharsets.UTF_8));
        }
        String ifNoneMatch = headers.getFirst(HttpHeaders.IF_NONE_MATCH);
        if (ifNoneMatch != null) {
            // Only where it is there: keys remembered before it was known keep their digests.
            add(digest, ifNoneMatch.getBytes(StandardCharsets.UTF_8));
        }
        add(digest, body);
        return new ChangeSet.Key("request:" + principal + ":" + key, digest.digest());
    }

    private static void add(MessageDigest digest, byte[] part) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (part.length >>> shift));
        }
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs the work unless it was done before.
     *
     * @param again makes the first answer from what the log remembers
     * @throws ProblemException if the key stands for another request or its first request still
     *     runs
     */
    <T> T once(ChangeSet.Key key, Supplier<T> work, Function<KeyRecord, T> again) {
        ChangeSet.Key first = running.putIfAbsent(key.text(), key);
        if (first != null) {
            throw MessageDigest.isEqual(first.digest(), key.digest()) ? stillRunning() : reused();
        }
        try {
            Optional<KeyRecord> done = log.key(key.text());
            return done.isPresent() ? again.apply(same(done.get(), key)) : work.get();
        } catch (LogException.KeyTaken taken) {
            return again.apply(same(taken.record(), key));
        } finally {
            running.remove(key.text());
        }
    }

    private static KeyRecord same(KeyRecord done, ChangeSet.Key key) {
        if (!MessageDigest.isEqual(done.digest(), key.digest())) {
            throw reused();
        }
        return done;
    }

    private static ProblemException stillRunning() {
        return new ProblemException(
                        ProblemType.STILL_RUNNING,
                        "The first request with this Idempotency-Key is not answered yet. Send it"
                                + " again in a moment.")
                .of(CommandHeaders.IDEMPOTENCY_KEY)
                .retryAfter(Duration.ofSeconds(1));
    }

    private static ProblemException reused() {
        return new ProblemException(
                        ProblemType.KEY_REUSED,
                        "This Idempotency-Key was used for another request. Send this one under a"
                                + " new key.")
                .of(CommandHeaders.IDEMPOTENCY_KEY);
    }
}
