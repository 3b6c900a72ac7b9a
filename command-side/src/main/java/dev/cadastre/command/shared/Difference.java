package dev.cadastre.command.shared;

/**
 * Valid times at which a decision changes what is believed.
 *
 * @param from first microsecond
 * @param to first microsecond after it; {@link Timeline#FOR_EVER} for no end
 */
public record Difference<S>(long from, long to, S before, S after) {}
