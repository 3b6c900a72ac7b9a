package dev.cadastre.eventstore.commit;

/** The store does not know whether it took a commit. Inserting the same commit again settles it. */
public final class UnknownOutcome extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownOutcome(String message, Throwable cause) {
        super(message, cause);
    }
}
