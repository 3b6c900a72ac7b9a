package dev.cadastre.events;

/** A fact that was recorded. Implementations are immutable records, named in the past tense. */
public interface Event {}
