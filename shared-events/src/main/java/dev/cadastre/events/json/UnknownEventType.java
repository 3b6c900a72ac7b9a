package dev.cadastre.events.json;

/** The log holds an event that a newer version of the product wrote. */
public final class UnknownEventType extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownEventType(String type, int revision) {
        super(
                "This version does not know the event type "
                        + type
                        + " revision "
                        + revision
                        + ". Start a version at least as new as the one that wrote it.");
    }
}
