package dev.cadastre.command.imports.model;

import java.io.IOException;

/** A compressed body expands to more than is allowed. */
final class OverCompressed extends IOException {
    private static final long serialVersionUID = 1L;

    OverCompressed(String detail) {
        super(detail);
    }
}
