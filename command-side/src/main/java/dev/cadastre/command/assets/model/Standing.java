package dev.cadastre.command.assets.model;

import org.jspecify.annotations.Nullable;

/** Where an asset stands in its lifecycle: a state and, where the state has one, a substate. */
public record Standing(String state, @Nullable String substate) {

    /** For people, for example {@code In stock (Available)}. */
    @Override
    public String toString() {
        return substate == null ? state : state + " (" + substate + ")";
    }
}
