package dev.cadastre.query.temporal;

/** Takes the events of {@link KindView#events}. */
@FunctionalInterface
public interface EventVisitor {

    /**
     * Takes one event.
     *
     * @param entity whose event it is
     * @param instant from which on it alters the entity's versions
     * @param position of the event
     * @param before how many events of the same entity and instant were told before it
     * @param alone whether the entity has no other event of this instant
     */
    void visit(int entity, long instant, int position, int before, boolean alone);
}
