package dev.cadastre.query.temporal;

import java.io.IOException;

/** An index image that cannot be trusted: delete it and rebuild the index from the log. */
public final class DamagedImage extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedImage(String reason) {
        super("the index image cannot be used (" + reason + "); rebuild the index from the log");
    }
}
