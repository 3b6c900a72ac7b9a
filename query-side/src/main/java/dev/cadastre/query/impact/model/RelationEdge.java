package dev.cadastre.query.impact.model;

/** A relation between two CIs reached, as recorded: {@code from} relates to {@code to}. */
public record RelationEdge(String from, String type, String to) {}
