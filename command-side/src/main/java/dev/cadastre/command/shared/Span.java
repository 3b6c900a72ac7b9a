package dev.cadastre.command.shared;

/**
 * A state and the valid times at which it holds.
 *
 * @param from first microsecond
 * @param to first microsecond after it; {@link Timeline#FOR_EVER} for no end
 */
public record Span<S>(long from, long to, S state) {}
