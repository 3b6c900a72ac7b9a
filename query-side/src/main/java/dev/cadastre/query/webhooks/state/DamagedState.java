package dev.cadastre.query.webhooks.state;

import org.jspecify.annotations.Nullable;

/** A state was damaged, or is of another version; the message says what an operator can do. */
public final class DamagedState extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DamagedState(String what, @Nullable Throwable cause) {
        super(
                what
                        + " is damaged, or of another version. Restore it from a copy; without it,"
                        + " the webhook begins where it was subscribed.",
                cause);
    }
}
