package dev.cadastre.query.shared.http;

import org.jspecify.annotations.Nullable;

/**
 * The past states of the resource that an answer is about: its mementos (RFC 7089).
 *
 * @param timeMap where they are listed: what to add to the path of the resource
 * @param first the oldest
 * @param last the newest
 * @param previous the one before the state answered with
 * @param next the one after it
 */
public record PastStates(
        String timeMap,
        @Nullable Memento first,
        @Nullable Memento last,
        @Nullable Memento previous,
        @Nullable Memento next) {}
