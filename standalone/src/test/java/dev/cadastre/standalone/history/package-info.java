/** A real change history with expected states, imported into a whole server and asked for again. */
@NullMarked
package dev.cadastre.standalone.history;

import org.jspecify.annotations.NullMarked;
