/** A real change history with expected states, loaded into a log and compared with the answers. */
@NullMarked
package dev.cadastre.query.history;

import org.jspecify.annotations.NullMarked;
