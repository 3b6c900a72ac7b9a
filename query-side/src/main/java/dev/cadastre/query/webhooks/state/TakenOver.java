package dev.cadastre.query.webhooks.state;

/** Another process delivers a subscription; what this one knows of it is too old to be kept. */
public final class TakenOver extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TakenOver(String message) {
        super(message);
    }
}
