package dev.cadastre.command.shared;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the change sets refer to and claim that are queued and not yet durable. The log cannot tell
 * that yet; who needs to know waits.
 */
final class QueuedChangeSets {

    private final ConcurrentHashMap<String, List<CompletableFuture<?>>> referring =
            new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, List<CompletableFuture<?>>> claiming =
            new ConcurrentHashMap<>();

    void add(
            Collection<String> referenced,
            Collection<String> claimed,
            CompletableFuture<?> outcome) {
        referenced.forEach(stream -> enter(referring, stream, outcome));
        claimed.forEach(value -> enter(claiming, value, outcome));
        outcome.whenComplete(
                (_, _) -> {
                    referenced.forEach(stream -> leave(referring, stream, outcome));
                    claimed.forEach(value -> leave(claiming, value, outcome));
                });
    }

    void awaitThoseThatReferTo(String stream) {
        await(referring.get(stream));
    }

    void awaitThoseThatClaim(String value) {
        await(claiming.get(value));
    }

    private static void await(@Nullable List<CompletableFuture<?>> outcomes) {
        if (outcomes != null) {
            for (CompletableFuture<?> outcome : outcomes) {
                outcome.exceptionally(_ -> null).join();
            }
        }
    }

    private static void enter(
            ConcurrentHashMap<String, List<CompletableFuture<?>>> index,
            String key,
            CompletableFuture<?> outcome) {
        index.merge(
                key,
                List.of(outcome),
                (present, added) -> {
                    List<CompletableFuture<?>> all = new ArrayList<>(present);
                    all.addAll(added);
                    return all;
                });
    }

    private static void leave(
            ConcurrentHashMap<String, List<CompletableFuture<?>>> index,
            String key,
            CompletableFuture<?> outcome) {
        index.computeIfPresent(
                key,
                (_, present) -> {
                    List<CompletableFuture<?>> rest = new ArrayList<>(present);
                    rest.remove(outcome);
                    return rest.isEmpty() ? null : rest;
                });
    }
}
