package dev.cadastre.eventstore.commit;

import dev.cadastre.eventstore.log.LogHead;
import dev.cadastre.eventstore.merkle.GrowingTree;

/**
 * The end of what a store holds; where the next commit goes.
 *
 * @param epoch the highest that a writer may have; 0 in an empty store
 */
public record StoreTail(LogHead head, long epoch, GrowingTree tree) {}
