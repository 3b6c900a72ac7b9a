package dev.cadastre.eventstore.axon;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.common.IdentifierFactory;

/**
 * Makes UUIDs of version 7 (RFC 9562): they begin with the time, so that an index over them grows
 * at its end. They name things and keep no secret, hence no costly randomness. Axon finds this
 * class as a service.
 */
public final class TimeOrderedIdentifiers extends IdentifierFactory {

    @Override
    public String generateIdentifier() {
        return next().toString();
    }

    /** A new UUID of version 7. */
    public static UUID next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long time = System.currentTimeMillis() << 16 | 0x7000L | random.nextLong() & 0xFFFL;
        long rest = random.nextLong() >>> 2 | 0x8000_0000_0000_0000L;
        return new UUID(time, rest);
    }
}
