package dev.cadastre.query.replay.model;

import java.util.List;

/**
 * What one change set did to the scope at one instant.
 *
 * @param place where the replay stands after it
 * @param partial whether facts of the same instant and other change sets follow
 * @param cameTrue whether its facts had been recorded ahead of time, and count because their
 *     instant has come
 * @param effects at least one
 */
public record ReplayStep(
        Place place, boolean partial, boolean cameTrue, List<EntityEffect> effects) {

    public ReplayStep {
        effects = List.copyOf(effects);
    }
}
