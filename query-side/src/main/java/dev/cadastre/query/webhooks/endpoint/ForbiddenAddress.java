package dev.cadastre.query.webhooks.endpoint;

/** An address that must not be connected to. */
final class ForbiddenAddress extends Exception {
    private static final long serialVersionUID = 1L;

    ForbiddenAddress(String message) {
        super(message, null, false, false);
    }
}
