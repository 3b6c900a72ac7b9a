package dev.cadastre.events.ci;

/** Where a CI stands in its life cycle: a stage and a stage status in the words of CSDM. */
public record Lifecycle(String stage, String status) {}
