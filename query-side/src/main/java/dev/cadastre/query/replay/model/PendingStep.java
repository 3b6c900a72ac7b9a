package dev.cadastre.query.replay.model;

import java.util.List;

/**
 * A step before it is folded.
 *
 * @param place where the replay stands after it
 * @param partial whether other events of the same instant follow
 * @param cameTrue whether its facts had been recorded ahead of time, and count because their
 *     instant has come
 */
record PendingStep(Place place, boolean partial, boolean cameTrue, List<Touch> touches) {}
