/** Compares a running server with the expected states of a change history. */
@NullMarked
package dev.cadastre.standalone.history;

import org.jspecify.annotations.NullMarked;
