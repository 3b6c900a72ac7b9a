package dev.cadastre.query.temporal;

/** An outgoing relation by the numbers of its type and its target. */
public record RelationTo(int type, int target) {}
