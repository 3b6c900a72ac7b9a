package dev.cadastre.query.register.model;

/** The answer to a question for one entity: what is there, or when it was. */
public sealed interface Found {

    /** It is there. */
    record Present(Entity entity) implements Found {}

    /** It is not there at these coordinates. */
    record Absent(Existence existence) implements Found {}
}
