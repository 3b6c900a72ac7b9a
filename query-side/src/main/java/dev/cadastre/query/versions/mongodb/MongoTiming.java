package dev.cadastre.query.versions.mongodb;

import java.time.Duration;

/**
 * How long processes that share a database bear with each other. None of this decides what is
 * right.
 *
 * @param lease after which a claim that was not renewed is free
 * @param courtesy for which a process without the claim leaves a body to the one with it
 * @param lead for which a token may be ahead of what a process sees of the log: the members of a
 *     replica set learn of a majority one after the other
 */
record MongoTiming(Duration lease, Duration courtesy, Duration lead) {

    static final MongoTiming DEFAULT =
            new MongoTiming(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(10));
}
