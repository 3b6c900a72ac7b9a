package dev.cadastre.eventstore.log;

/**
 * One claim of a unique value.
 *
 * @param count its number, from 0
 * @param position position of the claiming event
 * @param stream stream of the claiming event
 */
public record ClaimRecord(String value, int count, long position, String stream) {}
